import { once } from 'node:events';
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * A trial of execution providers that fares as the environment says: `TRIAL="cuda=abort&dml=hang&port=N"`. To
 * that port it holds a connection, so that a test sees the end of the process.
 */
const fate = new URLSearchParams(process.env.TRIAL);
if (fate.has('port')) await once(connect(Number(fate.get('port')), '127.0.0.1'), 'connect');

/** As a native call does that never returns. */
function hang(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

for (const provider of workerData as string[]) {
  switch (fate.get(provider)) {
    case 'abort':
      process.kill(process.pid, 'SIGABRT');
      hang();
      break;
    case 'hang':
      hang();
      break;
    case 'throw':
      throw new Error('no such device');
    case 'refuse':
      parentPort?.postMessage({ provider, problem: 'no such device' }, []);
      break;
    default:
      parentPort?.postMessage({ provider, problem: null }, []);
  }
}
