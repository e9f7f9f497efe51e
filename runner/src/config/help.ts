import { defaultOptions } from './defaults.ts';
import { logLevels } from './runner-options.ts';

export const help = `Linkspan runner: takes a video stream from the app, transforms it, sends it back.

Usage: linkspan-runner [options]

  --port N            port for WebSocket and HTTP, 0 for any free one (default ${defaultOptions.port})
  --host ADDRESS      address to bind to (default ${defaultOptions.host}); anything beyond this
                      machine needs a token
  --token TEXT        token that clients must send. Other users of this machine can see it in the
                      process list: prefer --token-file or LINKSPAN_RUNNER_TOKEN
  --token-file FILE   reads the token from a file's first line
  --models DIR        folder with your own models, a subfolder with model.json each; may be repeated
  --allow-origin URL  web page origin that may connect, such as https://example.org; may be repeated
  --log-level LEVEL   ${logLevels.join(', ')} (default ${defaultOptions.logLevel}); the log goes to standard error
  --json-ready        prints one line {"url": "ws://…/ws"} to standard output once it listens
  --version           prints the version
  --help              prints this

Each option can come from the environment instead: LINKSPAN_RUNNER_PORT, LINKSPAN_RUNNER_TOKEN_FILE, …;
lists (MODELS, ALLOW_ORIGIN) are separated by commas. What stands on the command line counts more.

Examples
  linkspan-runner                               for the app on this machine: ws://127.0.0.1:${defaultOptions.port}/ws
  linkspan-runner --host 0.0.0.0 --token-file token.txt
                                                for the app elsewhere: ws://THIS-MACHINE:${defaultOptions.port}/ws
                                                (put a TLS proxy before it on networks you do not trust)

It ends in order on SIGTERM and Ctrl+C. GET /health says how it is.
`;
