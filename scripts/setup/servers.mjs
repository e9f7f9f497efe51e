import { installCommand, installPackages, whereIs } from './debian-packages.mjs';
import { SetupError } from './project.mjs';

/** Servers of others that tests run against; `variable` tells the tests where one is. */
const servers = {
  haproxy: { title: 'HAProxy', program: 'haproxy', variable: 'HAPROXY_PATH' },
  coturn: { title: 'coturn', program: 'turnserver', variable: 'TURNSERVER_PATH' },
};

/**
 * Looks for a server, and installs Debian's package when it is missing and that is possible. Where it is not, the
 * tests that need it are skipped, so that is said and no reason to stop.
 *
 * @param {keyof typeof servers} name Of the package.
 * @returns {NodeJS.ProcessEnv} What the tests have to know.
 */
export function findServer(name) {
  const { title, program, variable } = servers[name];
  if (process.env[variable]) return {};
  const found = whereIs(program) ?? install(title, name, program);
  return found === null ? {} : { [variable]: found };
}

function install(title, name, program) {
  const reason = tryToInstall(title, name);
  const found = whereIs(program);
  if (found === null) {
    const command = installCommand([name]);
    console.log(`${title} was not found, and ${reason}: tests with it are skipped ("sudo ${command}").`);
  }
  return found;
}

function tryToInstall(title, name) {
  try {
    return installPackages(title, [name]) ?? 'its package does not bring it';
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return error.message.split('.')[0];
  }
}
