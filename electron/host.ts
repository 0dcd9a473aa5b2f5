// What only a desktop can do: native dialogs, and the list of folders that were opened before.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { app, dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import { writeDurably } from './db/durable-file.ts';
import { printDocument } from './print-window.ts';
import type { Host } from './services.ts';
import type { RecentSites } from './services/session.ts';

export function createHost(window: () => BrowserWindow): Host {
  const chooseFile = async (
    suggestedName: string,
    name: string,
    extension: string,
  ): Promise<string | null> => {
    const { canceled, filePath } = await dialog.showSaveDialog(window(), {
      defaultPath: path.join(app.getPath('documents'), suggestedName),
      filters: [{ name, extensions: [extension] }],
    });
    if (canceled || filePath === '') return null;
    return filePath.toLowerCase().endsWith(`.${extension}`) ? filePath : `${filePath}.${extension}`;
  };
  return {
    chooseFolder: async (purpose) => {
      const properties =
        purpose === 'new' ? (['openDirectory', 'createDirectory'] as const) : (['openDirectory'] as const);
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), { properties: [...properties] });
      return canceled ? null : (filePaths[0] ?? null);
    },
    chooseImport: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        properties: ['openFile'],
        filters: [{ name: 'Excel, CSV', extensions: ['xlsx', 'csv', 'tsv', 'txt'] }],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    chooseDeliveries: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        properties: ['openFile', 'multiSelections'],
        filters: [{ name: 'Cahier', extensions: ['xlsx', 'age'] }],
      });
      return canceled ? [] : filePaths;
    },
    chooseWorkbook: (suggestedName) => chooseFile(suggestedName, 'Excel', 'xlsx'),
    chooseBundle: (suggestedName) => chooseFile(suggestedName, 'Cahier', 'cahier.age'),
    chooseReport: (suggestedName, format) =>
      chooseFile(suggestedName, format === 'xlsx' ? 'Excel' : 'HTML', format),
    chooseCopy: (suggestedName) => chooseFile(suggestedName, 'PDF', 'pdf'),
    printPdf: printDocument,
  };
}

const Recent = z.array(z.object({ folder: z.string(), siteName: z.string() })).max(20);
const mostRecent = 8;

export function createRecentSites(): RecentSites {
  const file = path.join(app.getPath('userData'), 'recent.json');
  const list = (): z.infer<typeof Recent> => {
    try {
      return Recent.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      // Absent at first; damaged, the folders can be chosen again.
      return [];
    }
  };
  return {
    list,
    remember: (folder, siteName) => {
      const newest = [{ folder, siteName }, ...list().filter((other) => other.folder !== folder)].slice(
        0,
        mostRecent,
      );
      try {
        writeDurably(file, JSON.stringify(newest));
      } catch {
        // A comfort only: a full home disk must not keep anybody from signing in.
      }
    },
  };
}
