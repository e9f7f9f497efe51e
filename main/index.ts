/**
 * The main process, in the order in which it starts. What each step means is said where it is done; this file
 * holds no logic, so that the order can be read from top to bottom.
 */
import { app, Menu, powerMonitor, powerSaveBlocker, session } from 'electron';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { applicationMenu } from './app/application-menu.ts';
import { findArrival } from './app/arrival.ts';
import { applySwitches, userDataFolder } from './app/command-line.ts';
import { commandTargets } from './app/command-targets.ts';
import { runCommand, type Command } from './app/commands.ts';
import { linkScheme } from './app/deep-link.ts';
import { shutDownMaxMs } from './app/defaults.ts';
import { confirmEndpoint, pickVideo, refuseEndpointFile } from './app/dialogs.ts';
import { readEnvironment } from './app/environment.ts';
import { failToStart } from './app/fail-to-start.ts';
import { KeepAwake } from './app/keep-awake.ts';
import { Lifecycle } from './app/lifecycle.ts';
import { openLinkHost } from './app/link-host.ts';
import { LinkService } from './app/link-service.ts';
import { Notices } from './app/notices.ts';
import { openModels } from './app/open-models.ts';
import { openSecrets, openSettings, openTickets } from './app/open-settings.ts';
import { appPaths } from './app/paths.ts';
import { portsToAsk } from './discovery/ports-to-ask.ts';
import { findRunners } from './discovery/find-runners.ts';
import { ProposalInbox } from './app/proposal-inbox.ts';
import { runtimeName } from './app/runtime-name.ts';
import { listenForArrivals } from './app/single-instance.ts';
import { trustSystemCertificates } from './app/system-certificates.ts';
import { tellAboutTray } from './app/tell-about-tray.ts';
import { Triggers } from './app/triggers.ts';
import { createLog } from './diagnostics/log.ts';
import { createRedactor } from './diagnostics/redact.ts';
import { logUncaughtErrors } from './diagnostics/uncaught-errors.ts';
import { openDoor } from './ipc/open-door.ts';
import { createHandlers } from './ipc/handlers.ts';
import type { Push } from './ipc/push.ts';
import type { Shown } from '../shared/bridge/shown.ts';
import { systemClock } from './link/clock.ts';
import { openStudioFiles } from './recording/open-studio-files.ts';
import { registerAppScheme, serveAppScheme } from './security/app-protocol.ts';
import { CaptureChoice } from './security/capture-choice.ts';
import { answerDisplayMedia } from './security/capture-sources.ts';
import { guardNavigation } from './security/navigation-guards.ts';
import { showInFolder } from './security/open-external.ts';
import { guardPermissions } from './security/permission-handlers.ts';
import { UserMedia } from './security/user-media.ts';
import { UserModelFiles } from './security/user-models.ts';
import { createNativeTray } from './tray/native-tray.ts';
import { TrayController } from './tray/tray-controller.ts';
import { updatesAreConfigured } from './updates/updater.ts';
import { MainWindow } from './windows/main-window.ts';
import { OutputWindow } from './windows/output-window.ts';

interface Desktop {
  window: MainWindow;
  inbox: ProposalInbox;
}

// 1. Before `ready`: what Chromium reads once.
registerAppScheme();
applySwitches(app.commandLine, process.platform);
app.enableSandbox();
const profile = userDataFolder(app.commandLine, process.cwd());
if (profile !== null) app.setPath('userData', profile);

// 2. One instance: a second one hands its arguments over and goes.
if (app.requestSingleInstanceLock()) run();
else app.quit();

function run(): void {
  const started = app.whenReady().then(start);
  started.catch(failToStart);
  listenForArrivals(app, {
    showWindow: () => void started.then(({ window }) => window.show()),
    receive: (arrival) => void started.then(({ inbox }) => inbox.receive(arrival)),
  });
}

async function start(): Promise<Desktop> {
  const paths = appPaths(import.meta.dirname);
  const userData = app.getPath('userData');

  // 3. The log first, so that whatever fails after it is on record.
  const redactor = createRedactor();
  const log = createLog(path.join(userData, 'logs'), redactor, !app.isPackaged);
  const notices = new Notices();
  let window: MainWindow | null = null;
  const push: Push = (channel, payload) => window?.send(channel, payload);
  logUncaughtErrors(process, log, (notice) =>
    window === null ? notices.add(notice) : push('app:notice', notice),
  );
  log.info(`Linkspan ${app.getVersion()} on ${runtimeName(process.versions)}, ${process.platform}`);

  // 4. Guards, before there is a page to guard.
  const media = new UserMedia();
  const capture = new CaptureChoice();
  const output = new OutputWindow({
    icon: paths.windowIcon,
    remembered: () => settings.get('output'),
    remember: (remembered) => settings.update({ output: remembered }),
  });
  guardNavigation(app, log, () => output.options());
  guardPermissions(session.defaultSession, log);
  answerDisplayMedia(session.defaultSession, capture, log);
  const modelFiles = new UserModelFiles();
  serveAppScheme(paths.renderer, media, modelFiles, log);

  // 5. Settings, tokens and the user's own models.
  const settings = openSettings(userData, notices, log);
  const secrets = await openSecrets(userData, redactor, settings, notices);
  const models = await openModels(userData, modelFiles, push, log);
  const { tickets, left } = await openTickets(userData, redactor, settings, log);

  // 6. Link and relay, and what follows their state.
  const { offeredEndpoint, recovery, findPort, faultHooks, problems } = readEnvironment(
    process.env,
    app.isPackaged,
  );
  for (const problem of problems) {
    log.error(problem);
    notices.add(problem);
  }
  trustSystemCertificates(tls, log);
  // oxlint-disable-next-line no-restricted-imports -- in a file of its own, which no package holds (A58)
  const faults = faultHooks ? (await import('./faults/fault-hooks.ts')).createFaultHooks() : null;
  if (faults !== null) Object.assign(globalThis, { linkspanFaults: faults.commands });
  const awake = new KeepAwake(powerSaveBlocker);
  const link = new LinkService({
    host: openLinkHost(log, (url) => session.defaultSession.resolveProxy(url), faults),
    settings,
    secrets,
    offeredEndpoint,
    resume: left,
    keepTicket: (ticket) => tickets.keep(ticket),
    recovery,
    push,
    log,
    onStatus: (status) => {
      tray.update(status);
      awake.follow(status.state.phase);
      triggers.follow(status.state.phase);
    },
  });
  const triggers = new Triggers({
    power: powerMonitor,
    readInterfaces: networkInterfaces,
    clock: systemClock,
    phase: () => link.status().state.phase,
    nudge: (cause) => link.nudge(cause),
    note: (text) => log.info('surroundings:', text),
  });
  const lifecycle = new Lifecycle({
    app,
    shutDownMaxMs,
    shutDown: async () => {
      settings.flush();
      triggers.stop();
      await Promise.all([files.recordings.shutDown(), link.dispose()]);
      // The page may have changed something meanwhile.
      settings.flush();
    },
    onError: (error) => log.error('quitting:', error),
  });
  // The window is gone now, and had its last word: what was set the moment before.
  app.on('will-quit', () => settings.flush());

  const files = openStudioFiles({
    videos: app.getPath('videos'),
    pictures: app.getPath('pictures'),
    userData,
    workerFile: paths.recordingWorker,
    show: showInFolder,
    tell: (news) => push('recording:told', news),
    log,
  });

  // 7. Window, menu and tray.
  const showing = (shown: Shown): void => {
    tray.showing(shown);
    awake.showing(shown);
  };
  window = new MainWindow({
    preload: paths.preload,
    icon: paths.windowIcon,
    remembered: settings.get('window'),
    remember: (bounds) => settings.update({ window: bounds }),
    onClose: () => lifecycle.onClose(),
    onHidden: () => tellAboutTray(settings),
    onOpened: (opened) => output.adopt(opened),
    // Nobody sees the picture any more, and the runner's place is wanted elsewhere.
    onLost: () => {
      void link.detachPage();
      void files.recordings.pageGone();
      showing({ kind: 'none', since: Date.now() });
    },
    log,
  });
  const targets = commandTargets(app, window, link, push, log);
  const command = (name: Command): void => runCommand(name, targets);
  const surroundings = {
    platform: process.platform,
    isPackaged: app.isPackaged,
    canUpdate: updatesAreConfigured(),
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(surroundings, command)));
  const tray = new TrayController(
    createNativeTray(paths.trayIcons, command),
    () => link.endpoint()?.name ?? null,
  );
  tray.update(link.status());

  // 8. The door, then the page that knocks at it.
  const about = {
    version: app.getVersion(),
    runtime: runtimeName(process.versions),
    packaged: app.isPackaged,
    platform: process.platform,
    logFile: log.file,
  };
  const handlers = createHandlers({
    link,
    settings,
    media,
    capture,
    models,
    files,
    log,
    about,
    takeNotices: () => notices.take(),
    pickVideo,
    findRunners: () => findRunners(portsToAsk(findPort, offeredEndpoint)),
    networkChanged: (online) => triggers.networkChanged(online),
    toggleOutputOnTop: () => output.toggleOnTop(),
    shownChanged: showing,
  });
  openDoor(handlers, log);
  await window.open();
  files.recordings.finishLeftOver();

  // 9. The world outside: links and files.
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  const inbox = new ProposalInbox({
    confirm: confirmEndpoint,
    accept: (endpoint) => void link.adoptEndpoint(endpoint),
    refuseFile: refuseEndpointFile,
    log,
  });
  const arrival = findArrival(process.argv, process.cwd());
  if (arrival !== null) void inbox.receive(arrival);
  return { window, inbox };
}
