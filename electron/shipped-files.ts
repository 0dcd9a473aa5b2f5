// What ships with the application, as services, command line and window need it.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { appFile, workerFile } from './app-files.ts';
import type { Outside } from './services.ts';

/** The folder under shared/studies/ that a new site gets its study from. */
const shippedStudy = 'anakinra-misc';

export function shippedFiles(): Pick<
  Outside,
  | 'folders'
  | 'exportWorker'
  | 'verifyWorker'
  | 'backupWorker'
  | 'importWorker'
  | 'poolWorker'
  | 'deliveryWorker'
  | 'bundleWorker'
  | 'rehearsalWorker'
  | 'appVersion'
> {
  return {
    folders: { migrations: appFile('migrations'), study: appFile('shared', 'studies', shippedStudy) },
    exportWorker: pathToFileURL(workerFile('export')),
    verifyWorker: pathToFileURL(workerFile('verify')),
    backupWorker: pathToFileURL(workerFile('backup')),
    importWorker: pathToFileURL(workerFile('import')),
    poolWorker: pathToFileURL(workerFile('pool')),
    deliveryWorker: pathToFileURL(workerFile('delivery')),
    bundleWorker: pathToFileURL(workerFile('bundle')),
    rehearsalWorker: pathToFileURL(workerFile('rehearsal')),
    appVersion: z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(appFile('package.json'), 'utf8'))).version,
  };
}
