import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { runtime } from '../core/runtime.ts';
import type { PreloadEnvironment } from '../wire/messages.ts';

const parameters = 'require,module,exports,process,Buffer,global,setImmediate,clearImmediate';

const pageScript = (name: string): string =>
  readFileSync(path.join(runtime().scriptsDirectory, `${name}.js`), 'utf8');

/** Wraps one preload file; one that does not compile as CommonJS (an ES module, say) throws when it runs. */
function wrapPreload(file: string): string {
  const text = readFileSync(file, 'utf8');
  const wrapped = `(function(${parameters}){${text}\n})(${parameters});`;
  try {
    // Compiles without running: the same V8 grammar as in the page.
    void new Script(`(function(${parameters}){${text}\n})`, { filename: file });
    return wrapped;
  } catch (error) {
    return `throw new SyntaxError(${JSON.stringify((error as Error).message)});`;
  }
}

export function mainWorldSource(secret: string): string {
  return `(function(STANDIN){${pageScript('main-world')}\n})(${JSON.stringify({ secret })})`;
}

/** @param files The preload scripts in the order they run. */
export function isolatedWorldSource(environment: PreloadEnvironment, files: readonly string[]): string {
  const preload = `function(${parameters}){${files.map(wrapPreload).join('\n')}}`;
  const body = `(function(STANDIN,PRELOAD){${pageScript('isolated-world')}\n})`;
  return `${body}(${JSON.stringify(environment)},${preload})\n//# sourceURL=electron-sandbox-preload`;
}
