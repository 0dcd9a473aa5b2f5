/** Native dialogs can't be worked by a test: only what a person would choose in them is put in their place. */
import type { ElectronApplication } from '@playwright/test';

export async function answerFolderDialog(electron: ElectronApplication, folder: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, folder);
}

export async function answerSaveDialog(electron: ElectronApplication, file: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
}
