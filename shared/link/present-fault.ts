import type { Fault } from './fault.ts';

/** A fault in plain words: what happened, and what the reader can do about it. */
export interface FaultText {
  /** One clause without a full stop, to stand alone or after "lost: ". */
  title: string;
  /** One or two sentences. */
  advice: string;
}

const secondsOf = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`;

/** A runner's own words, made to fit one line; `fallback` when it gave none. */
function quote(detail: string, fallback: string): string {
  const line = detail.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return fallback;
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

export function presentFault(fault: Fault): FaultText {
  switch (fault.kind) {
    case 'invalid-endpoint':
      return {
        title: 'This address cannot be used',
        advice: quote(fault.detail, 'Type it as wss://host/ws.'),
      };
    case 'unreachable':
      return unreachable(fault.code);
    case 'tls':
      return {
        title: 'No secure connection could be made',
        advice: `${quote(fault.detail, 'The certificate was not accepted')}. If the runner is in your own network and has no certificate, write ws:// in front of its address.`,
      };
    case 'handshake-timeout':
      return {
        title: 'The runner did not answer in time',
        advice:
          'Check host and port: a firewall may swallow the connection, or another program may be listening there.',
      };
    case 'unauthorised':
      return {
        title: 'The runner refused the token',
        advice: 'Enter the token that the runner was started with, or ask whoever runs it for one.',
      };
    case 'not-a-runner':
      return {
        title: 'There is no runner at this address',
        advice:
          fault.status === null
            ? 'What answers there does not speak WebSocket. Check the port, and whether it should be wss:// instead of ws://.'
            : `A web server answered with status ${fault.status} instead of opening a WebSocket. Check port and path; a runner's path is usually /ws.`,
      };
    case 'unavailable':
      return {
        title: 'The runner is not available at the moment',
        advice: `It answered with status ${fault.status}. It may be starting or overloaded: wait a little and try again.`,
      };
    case 'no-free-slot':
      return {
        title: 'The runner has no free place',
        advice: 'All its sessions are taken. Wait until one ends, or choose another runner.',
      };
    case 'ready-timeout':
      return {
        title: 'The runner did not get ready',
        advice:
          'It accepted the connection, but did not finish starting. Look at its log, or start it again.',
      };
    case 'liveness-timeout':
      return {
        title: `The runner stopped answering for ${secondsOf(fault.silentMs)}`,
        advice: 'Check the network between here and the runner, and whether it still runs.',
      };
    case 'closed':
      return closed(fault.code, fault.reason);
    case 'interrupted':
      return fault.cause === 'sleep'
        ? { title: 'The system was asleep', advice: 'Check that the network is back, then try again.' }
        : { title: 'The network changed', advice: 'Check the network connection, then try again.' };
    case 'offer-failed':
      return {
        title: 'The runner refused the video session',
        advice: quote(fault.detail, 'It gave no reason. Look at its log.'),
      };
    case 'media-failed':
      return {
        title: 'The video connection failed',
        advice: `${quote(fault.detail, 'No path was found')}. A firewall may block UDP between here and the runner.`,
      };
    case 'media-stalled':
      return {
        title: `No picture came for ${secondsOf(fault.silentMs)}`,
        advice:
          'The connection is up, but the runner sends nothing. Check that the source shows a picture, then the runner’s log.',
      };
    case 'pipeline-failed':
      return {
        title: 'The pipeline failed on the runner',
        advice: quote(fault.detail, 'Choose another pipeline, or look at the runner’s log.'),
      };
    case 'access-denied':
      return {
        title: 'The runner denied access',
        advice: quote(fault.detail, 'Ask whoever runs it to let you in.'),
      };
    case 'terminated':
      return terminated(fault.code, fault.detail);
    case 'protocol':
      return {
        title: 'The runner sent something that makes no sense',
        advice: `${quote(fault.detail, 'A message could not be read')}. App and runner may be of different versions.`,
      };
    default:
      return fault satisfies never;
  }
}

function unreachable(code: string): FaultText {
  switch (code) {
    case 'ECONNREFUSED':
      return {
        title: 'Nothing is listening at this address',
        advice: 'The host is there, but the port is closed. Check the port, and that the runner is started.',
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        title: 'The host name was not found',
        advice: 'Check the spelling of the address and your network connection.',
      };
    case 'ECONNRESET':
      return {
        title: 'The connection was cut while it was being made',
        advice: 'Check the port, and that the runner is started. A proxy in between may also refuse it.',
      };
    case 'PROXY_UNREACHABLE':
      return {
        title: 'The proxy cannot be reached',
        advice:
          'This computer’s settings name a proxy that does not answer. Check its address in the system’s network settings, or turn it off there.',
      };
    case 'PROXY_AUTHENTICATION_REQUIRED':
      return {
        title: 'The proxy asks for a name and a password',
        advice:
          'Linkspan has none for it. Ask whoever runs the network to let the runner’s address pass without.',
      };
    case 'PROXY_REFUSED':
      return {
        title: 'The proxy does not let the connection through',
        advice: 'It may not know the runner, or not allow its port. Ask whoever runs the network.',
      };
    default:
      return {
        title: 'The runner cannot be reached',
        advice: `Check your network connection and the address (${code}).`,
      };
  }
}

function closed(code: number, reason: string): FaultText {
  const said = quote(reason, '');
  if (code === 1012) {
    return { title: 'The runner is restarting', advice: 'It should be back in a moment.' };
  }
  if (code === 1006) {
    return {
      title: 'The connection broke off',
      advice: 'The runner went away without a word: it crashed, was killed, or the network failed.',
    };
  }
  // From others than this app it ends the link for good, and is another kind of fault.
  if (code === 4001) {
    return {
      title: 'An earlier attempt took the session over',
      advice: 'The network let it through late. The session is taken up again.',
    };
  }
  return {
    title: 'The runner closed the connection',
    advice: said === '' ? `It gave no reason (code ${code}).` : `It said: ${said} (code ${code}).`,
  };
}

function terminated(code: string, detail: string): FaultText {
  switch (code) {
    case 'MAX_DURATION_EXCEEDED':
      return { title: 'The session reached its time limit', advice: 'Start again for a new session.' };
    case 'CREDITS_EXHAUSTED':
      return {
        title: 'No credits are left',
        advice: 'Add credits with whoever offers the runner, then start again.',
      };
    default:
      return {
        title: 'The runner ended the session',
        advice: quote(detail, `It gave no reason (${code}). Start again for a new session.`),
      };
  }
}
