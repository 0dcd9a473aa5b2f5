// Where the files that ship with the application are, whether the code runs from source on Node or from
// a bundle inside the installed archive. In both, the nearest folder with a package.json above this
// code is the application's root, and the folders below it carry the same names.
import { existsSync } from 'node:fs';
import path from 'node:path';

const isRunningFromSource = import.meta.filename.endsWith('.ts');

/** Path of a shipped file or folder, for example `appFile('migrations')`. */
export function appFile(...segments: readonly string[]): string {
  return path.join(appRoot(), ...segments);
}

/** The program of a worker thread: `workerFile('export')` is electron/workers/export.ts or its bundle. */
export function workerFile(name: string): string {
  return isRunningFromSource
    ? appFile('electron', 'workers', `${name}.ts`)
    : appFile('out', 'main', 'workers', `${name}.js`);
}

function appRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('the folder of the application has no package.json');
    folder = parent;
  }
  return folder;
}
