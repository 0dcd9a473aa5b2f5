// Lifecycle only: one instance, one window, quit when it closes. With a command among its arguments, no window at all.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { BrowserWindow, app, powerMonitor, session as sessions } from 'electron';
import electronLog from 'electron-log/node';
import { commandIn, runCli } from './cli.ts';
import { systemClock } from './clock.ts';
import { createHost, createRecentSites } from './host.ts';
import { answerCalls } from './ipc.ts';
import { createLog } from './log.ts';
import { setMenu } from './menu.ts';
import { createServices, type Services } from './services.ts';
import { shippedFiles } from './shipped-files.ts';
import { confineWebContents, openMainWindow, prepareSession, registerRendererScheme } from './window.ts';

const idleCheckMs = 10_000;
const backupCheckMs = 60_000;

const command = commandIn(process.argv.slice(1));
if (command !== null) {
  void runCli(command, process, process.env).then((code) => {
    app.exit(code);
  });
} else {
  registerRendererScheme();
  // Chromium can't have its sandbox as root; then the switch says so and forcing it would end every process.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => {
    confineWebContents(contents);
  });
  if (app.requestSingleInstanceLock()) {
    app.on('second-instance', focusMainWindow);
    app.on('window-all-closed', () => {
      app.quit();
    });
    void app.whenReady().then(start);
  } else {
    app.quit();
  }
}

function start(): void {
  prepareSession();
  setMenu();
  // The page loads in its own process while the services are made; it is answered from the next turn on.
  const window = openMainWindow();
  // A copy that is still being laid out in a window of its own ends with it.
  window.once('closed', () => {
    app.quit();
  });
  const services = createDesktopServices();
  reopenLastSite(services);
  answerCalls(window, services.dispatch);
  lockWhenNobodyIsThere(window, services);
  setInterval(() => {
    services.backups.tick(services.session.present());
  }, backupCheckMs);
  app.on('will-quit', () => {
    services.session.close();
  });
}

function createDesktopServices(): Services {
  electronLog.transports.console.level = false;
  electronLog.transports.file.format = '{text}';
  electronLog.transports.file.resolvePathFn = () => path.join(app.getPath('logs'), 'cahier.log');
  const log = createLog((line) => {
    electronLog.info(line);
  }, systemClock.now);
  process.on('uncaughtException', (error) => {
    // Everything acknowledged is on the disk; going on in an unknown state is the greater risk.
    log.fault(randomUUID(), 'main process', error);
    app.exit(1);
  });
  return createServices({
    ...shippedFiles(),
    clock: systemClock,
    newId: randomUUID,
    log,
    host: createHost(mainWindow),
    recent: createRecentSites(),
  });
}

function reopenLastSite({ session }: Services): void {
  const [last] = session.status().recent;
  if (last === undefined) return;
  try {
    session.use(last.folder);
  } catch {
    // Moved or unplugged since: the page asks for a folder.
  }
}

/** The page locks itself as well; this holds when it does not answer, and when the machine sleeps. */
function lockWhenNobodyIsThere(window: BrowserWindow, { session }: Services): void {
  window.webContents.on('input-event', session.noteActivity);
  powerMonitor.on('suspend', session.noteSleep);
  powerMonitor.on('resume', session.noteWaking);
  powerMonitor.on('lock-screen', session.lock);
  setInterval(session.lockWhenIdle, idleCheckMs);
}

function mainWindow(): BrowserWindow {
  // Copies are laid out in a hidden window, which has a session of its own.
  const window = BrowserWindow.getAllWindows().find(
    ({ webContents }) => webContents.session === sessions.defaultSession,
  );
  if (window === undefined) throw new Error('there is no window');
  return window;
}

function focusMainWindow(): void {
  const window = mainWindow();
  if (window.isMinimized()) window.restore();
  window.focus();
}
