/*
 * Runs in Chromium. A camera whose frames carry a number, one RTCPeerConnection, and which number was shown when.
 * Plain JavaScript, because it is injected as it is.
 */
(() => {
  const bits = 16;
  const dark = '#282828';
  const light = '#d2d2d2';
  /** A number further back than this was not read right. */
  const oldestFrames = 300;

  let pc = null;
  let drawn = 0;
  let glimpses = [];

  /** Half the picture is the number, as cells of one bit; what moves below it keeps the encoder busy. */
  function draw(context, { width, height }) {
    drawn += 1;
    const cell = width / bits;
    for (let bit = 0; bit < bits; bit += 1) {
      context.fillStyle = (drawn >> bit) & 1 ? light : dark;
      context.fillRect(Math.round(bit * cell), 0, Math.ceil(cell), height / 2);
    }
    context.fillStyle = '#507050';
    context.fillRect(0, height / 2, width, height / 2);
    for (let i = 0; i < 60; i += 1) {
      context.fillStyle = `hsl(${(i * 47 + drawn) % 360} 80% 40%)`;
      context.fillRect((i * 97 + drawn * 5) % width, height / 2 + ((i * 61) % (height / 2)), 18, 18);
    }
  }

  function makeCamera(size) {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, size);
    const context = canvas.getContext('2d', { alpha: false });
    const [track] = canvas.captureStream(0).getVideoTracks();
    // A worker's timer is not throttled in a page that nobody looks at; it is kept at 30 a second by the clock.
    const beat = `let due = performance.now(); (function tick() { postMessage(0); due += 1000 / 30;
      setTimeout(tick, due - performance.now()); })();`;
    const clock = new Worker(URL.createObjectURL(new Blob([beat])));
    clock.onmessage = () => {
      draw(context, canvas);
      track.requestFrame();
    };
    return track;
  }

  function watch(video) {
    const strip = new OffscreenCanvas(bits, 1).getContext('2d', { willReadFrequently: true });
    const look = (at, { presentedFrames }) => {
      strip.drawImage(video, 0, 0, video.videoWidth, video.videoHeight / 2, 0, 0, bits, 1);
      const { data } = strip.getImageData(0, 0, bits, 1);
      let read = 0;
      for (let bit = 0; bit < bits; bit += 1) if (data[bit * 4 + 1] > 125) read |= 1 << bit;
      const age = (drawn - read) & 0xffff;
      glimpses.push({
        number: age < oldestFrames ? drawn - age : null,
        at: performance.now(),
        presentedFrames,
      });
      video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  }

  async function gathered() {
    if (pc.iceGatheringState === 'complete') return;
    await new Promise((resolve) => {
      pc.addEventListener('icegatheringstatechange', () => pc.iceGatheringState === 'complete' && resolve());
    });
  }

  window.numbered = {
    now: () => performance.now(),
    async offer(size) {
      pc = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' });
      const track = makeCamera(size);
      pc.addTransceiver(track, { direction: 'sendrecv', streams: [new MediaStream([track])] });
      pc.addEventListener('track', ({ track: received, receiver }) => {
        receiver.jitterBufferTarget = 0;
        const video = document.createElement('video');
        Object.assign(video, { autoplay: true, muted: true, playsInline: true });
        document.body.append(video);
        video.srcObject = new MediaStream([received]);
        watch(video);
      });
      await pc.setLocalDescription();
      await gathered();
      return pc.localDescription.sdp;
    },
    async answer(sdp) {
      await pc.setRemoteDescription({ type: 'answer', sdp });
    },
    /** What was shown since the last call, and the number drawn last. */
    take() {
      const taken = { glimpses, drawn };
      glimpses = [];
      return taken;
    },
  };
})();
