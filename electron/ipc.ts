// The one channel between the page and the services. Only the main frame of our own window may use it.
import { ipcMain } from 'electron';
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { refuse } from './app-error.ts';
import type { Dispatch } from './dispatch.ts';
import { RENDERER_ORIGIN } from './renderer-files.ts';

const CHANNEL = 'cahier';

export function answerCalls(window: BrowserWindow, dispatch: Dispatch): void {
  ipcMain.removeHandler(CHANNEL);
  ipcMain.handle(CHANNEL, async (event, method: unknown, input: unknown) => {
    if (!isOurPage(window, event)) return { ok: false, error: refuse('foreign-sender').refusal };
    return dispatch(method, input);
  });
}

function isOurPage(window: BrowserWindow, { senderFrame }: IpcMainInvokeEvent): boolean {
  if (senderFrame === null || window.isDestroyed()) return false;
  return senderFrame === window.webContents.mainFrame && senderFrame.url.startsWith(`${RENDERER_ORIGIN}/`);
}
