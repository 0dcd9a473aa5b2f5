// Lays a document out on A4 pages in a hidden window: no preload, no script, and a session that serves that one document.
import { BrowserWindow, session } from 'electron';
import type { Session } from 'electron';
import { RENDERER_SCHEME } from './renderer-files.ts';
import type { PrintJob } from './services/copies.ts';
import { denyNetwork, denyPermissions } from './window.ts';

const ADDRESS = `${RENDERER_SCHEME}://copy/`;
const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
};
const MM_PER_INCH = 25.4;
/** Room for the header, and for the footer with its QR code; the sides are those of the page's style. */
const MARGINS_MM = { top: 21, bottom: 30, left: 14, right: 14 } as const;

/** One at a time: they share a session, which is in memory only. */
export async function printDocument(
  { html, header, footer }: PrintJob,
  cancelled: AbortSignal,
): Promise<Uint8Array> {
  cancelled.throwIfAborted();
  const ours = confinedSession();
  ours.protocol.handle(RENDERER_SCHEME, ({ url }) =>
    url === ADDRESS ? new Response(html, { headers: HEADERS }) : new Response(null, { status: 404 }),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: ours,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      images: false,
      webgl: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    },
  });
  try {
    return await Promise.race([layOut(window, header, footer), ended(window, cancelled)]);
  } finally {
    if (!window.isDestroyed()) window.destroy();
    ours.protocol.unhandle(RENDERER_SCHEME);
  }
}

/** Closed to everything when it is first asked for; the same one ever after. */
function confinedSession(): Session {
  const ours = session.fromPartition('copies', { cache: false });
  if (ours.listenerCount('will-download') === 0) {
    denyPermissions(ours);
    denyNetwork(ours);
  }
  return ours;
}

async function layOut(window: BrowserWindow, header: string, footer: string): Promise<Uint8Array> {
  await window.loadURL(ADDRESS);
  return window.webContents.printToPDF({
    pageSize: 'A4',
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: header,
    footerTemplate: footer,
    margins: {
      top: MARGINS_MM.top / MM_PER_INCH,
      bottom: MARGINS_MM.bottom / MM_PER_INCH,
      left: MARGINS_MM.left / MM_PER_INCH,
      right: MARGINS_MM.right / MM_PER_INCH,
    },
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  });
}

/** What is being laid out may never answer once its window is gone. */
function ended(window: BrowserWindow, cancelled: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (reason: Error): void => {
      reject(reason);
    };
    cancelled.addEventListener(
      'abort',
      () => {
        stop(new Error('the copy was cancelled'));
      },
      { once: true },
    );
    window.once('closed', () => {
      stop(new Error('the window of the copy was closed'));
    });
    window.webContents.once('render-process-gone', () => {
      stop(new Error('the page of the copy ended early'));
    });
  });
}
