/*
 * Runs in Chromium. A moving canvas as the camera, one RTCPeerConnection, and what a test wants to know of it.
 * Plain JavaScript, because it is injected as it is.
 */
(() => {
  const state = {
    pc: null,
    frames: 0,
    negotiations: 0,
    connectionStates: [],
    longestGapMs: 0,
    lastFrameAt: 0,
  };

  function draw(context, { width, height }, count) {
    context.fillStyle = `hsl(${(count * 3) % 360} 60% 50%)`;
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#fff';
    context.fillRect((count * 4) % width, height / 4, width / 8, height / 2);
    // Noise keeps the encoder busy, so that loss and bitrate mean something.
    for (let i = 0; i < 60; i++) {
      context.fillStyle = `hsl(${(i * 47 + count) % 360} 80% 40%)`;
      context.fillRect((i * 97 + count * 5) % width, (i * 61) % height, 18, 18);
    }
  }

  function makeSource({ width, height, framesPerSecond }) {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d', { alpha: false });
    const [track] = canvas.captureStream(0).getVideoTracks();
    let count = 0;
    // A worker's timer is not throttled in a page that nobody looks at.
    const clock = new Worker(
      URL.createObjectURL(new Blob([`setInterval(() => postMessage(0), ${1000 / framesPerSecond})`])),
    );
    clock.onmessage = () => {
      draw(context, canvas, count++);
      track.requestFrame();
    };
    return track;
  }

  function countFrames(video) {
    const onFrame = () => {
      const now = performance.now();
      if (state.lastFrameAt > 0) state.longestGapMs = Math.max(state.longestGapMs, now - state.lastFrameAt);
      state.lastFrameAt = now;
      state.frames++;
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  }

  async function gathered(pc) {
    if (pc.iceGatheringState === 'complete') return;
    await new Promise((resolve) => {
      pc.addEventListener('icegatheringstatechange', () => pc.iceGatheringState === 'complete' && resolve());
    });
  }

  window.linkspan = {
    state,
    async offer({ width = 640, height = 360, framesPerSecond = 30, codec, audio = false } = {}) {
      const pc = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' });
      state.pc = pc;
      state.frames = 0;
      const track = makeSource({ width, height, framesPerSecond });
      const transceiver = pc.addTransceiver(track, {
        direction: 'sendrecv',
        streams: [new MediaStream([track])],
      });
      if (codec) {
        const { codecs } = RTCRtpReceiver.getCapabilities('video');
        transceiver.setCodecPreferences(
          codecs.filter(({ mimeType }) => [`video/${codec}`, 'video/rtx'].includes(mimeType.toLowerCase())),
        );
      }
      if (audio) pc.addTransceiver('audio', { direction: 'recvonly' });
      pc.addEventListener('negotiationneeded', () => state.negotiations++);
      pc.addEventListener('connectionstatechange', () => state.connectionStates.push(pc.connectionState));
      pc.addEventListener('track', ({ track: received, receiver }) => {
        if (received.kind !== 'video') return;
        receiver.jitterBufferTarget = 0;
        const video = document.createElement('video');
        Object.assign(video, { autoplay: true, muted: true, playsInline: true });
        document.body.append(video);
        video.srcObject = new MediaStream([received]);
        countFrames(video);
      });
      await pc.setLocalDescription();
      await gathered(pc);
      state.negotiations = 0;
      return pc.localDescription.sdp;
    },
    /** The other side: answers an offer with a source of its own. */
    async respond({ sdp, ...source }) {
      const pc = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' });
      state.pc = pc;
      await pc.setRemoteDescription({ type: 'offer', sdp });
      for (const transceiver of pc.getTransceivers()) {
        transceiver.direction = 'sendrecv';
        await transceiver.sender.replaceTrack(makeSource(source));
      }
      await pc.setLocalDescription();
      await gathered(pc);
      return pc.localDescription.sdp;
    },
    async answer(sdp) {
      await state.pc.setRemoteDescription({ type: 'answer', sdp });
    },
    close() {
      state.pc.close();
    },
    /** Resolves once `count` more frames were shown than now. */
    async moreFrames(count) {
      const goal = state.frames + count;
      while (state.frames < goal) await new Promise((resolve) => requestAnimationFrame(resolve));
      return state.frames;
    },
    resetGap() {
      state.longestGapMs = 0;
    },
    /** Statistics by type, video only where there is a choice. */
    async stats() {
      const found = {};
      for (const entry of (await state.pc.getStats()).values()) {
        if (
          ['inbound-rtp', 'outbound-rtp', 'remote-inbound-rtp'].includes(entry.type) &&
          entry.kind === 'video'
        ) {
          found[entry.type] = entry;
        }
        if (entry.type === 'candidate-pair' && entry.nominated) found.pair = entry;
        if (entry.type === 'local-candidate' || entry.type === 'remote-candidate') {
          (found[entry.type] ??= []).push({ id: entry.id, address: entry.address, port: entry.port });
        }
      }
      return found;
    },
  };
})();
