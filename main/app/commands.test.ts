import { expect, it } from 'vitest';
import { runCommand, type Command, type CommandTargets } from './commands.ts';

function ran(command: Command): string[] {
  const calls: string[] = [];
  const call = (name: string) => (argument?: string) =>
    void calls.push(argument === undefined ? name : `${name} ${argument}`);
  const targets: CommandTargets = {
    showWindow: call('showWindow'),
    toggleWindowFullScreen: call('toggleWindowFullScreen'),
    reload: call('reload'),
    toggleDeveloperTools: call('toggleDeveloperTools'),
    tellPage: call('tellPage'),
    stopLink: call('stopLink'),
    retryLink: call('retryLink'),
    showLog: call('showLog'),
    checkForUpdates: call('checkForUpdates'),
    quit: call('quit'),
  };
  runCommand(command, targets);
  return calls;
}

it.each<[Command, string[]]>([
  ['start', ['showWindow', 'tellPage start']],
  ['stop', ['tellPage stop', 'stopLink']],
  ['retry', ['retryLink']],
  ['fullscreen', ['showWindow', 'tellPage fullscreen']],
  ['output-window', ['tellPage output-window']],
  ['focus-endpoint', ['showWindow', 'tellPage focus-endpoint']],
  ['window-full-screen', ['toggleWindowFullScreen']],
  ['show', ['showWindow']],
  ['show-log', ['showLog']],
  ['check-for-updates', ['checkForUpdates']],
  ['reload', ['reload']],
  ['developer-tools', ['toggleDeveloperTools']],
  ['quit', ['quit']],
])('the command %s does %j', (command, expected) => {
  expect(ran(command)).toEqual(expected);
});
