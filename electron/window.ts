// The one window, and everything that it may not do.
import { BrowserWindow, app, protocol, session } from 'electron';
import type { Session, WebContents } from 'electron';
import { appFile } from './app-files.ts';
import { RENDERER_ORIGIN, RENDERER_SCHEME, answerRendererRequest } from './renderer-files.ts';

/** Must run before the app is ready: Chromium learns its schemes once. */
export function registerRendererScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: RENDERER_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the page's files and closes the session to everything else; once, when the app is ready. */
export function prepareSession(): void {
  const ours = session.defaultSession;
  ours.protocol.handle(RENDERER_SCHEME, (request) =>
    answerRendererRequest(appFile('out', 'renderer'), request),
  );
  ours.setSpellCheckerEnabled(false);
  denyPermissions(ours);
  denyNetwork(ours);
}

export function openMainWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1100,
    minHeight: 700,
    show: false,
    title: 'Cahier',
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload: appFile('out', 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(`${RENDERER_ORIGIN}/index.html`);
  return window;
}

/** For every web contents there will ever be, so that none can be forgotten. */
export function confineWebContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

export function denyPermissions(ours: Session): void {
  ours.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  ours.setPermissionCheckHandler(() => false);
  ours.setDevicePermissionHandler(() => false);
  ours.on('will-download', (event) => {
    event.preventDefault();
  });
}

/** The policy of the page forbids remote content already; this holds even where a page has no policy. */
export function denyNetwork(ours: Session): void {
  ours.webRequest.onBeforeRequest((details, decide) => {
    const { protocol: scheme } = new URL(details.url);
    decide({ cancel: !LOCAL_SCHEMES.has(scheme) });
  });
}

const LOCAL_SCHEMES: ReadonlySet<string> = new Set([
  `${RENDERER_SCHEME}:`,
  'blob:',
  'data:',
  'devtools:',
  'chrome:',
  'chrome-extension:',
]);
