// Starts the packaged application for a test, with a profile of its own, and ends it afterwards.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, test as base } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..', '..');

export interface StartOptions {
  /** Folder for what the application keeps about itself; kept between two starts it is the same computer. */
  readonly profile?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
  /** Everything that the page wrote as an error, and every exception that nobody caught. */
  readonly consoleErrors: readonly string[];
  close(): Promise<void>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
}

export interface Fixtures {
  /** Starts the application, as often as a test likes; each is ended when the test ends. */
  readonly startApp: (options?: StartOptions) => Promise<RunningApp>;
  readonly app: RunningApp;
  /** An empty folder that is gone after the test. */
  readonly folder: string;
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cahier-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  startApp: async ({ folder }, use) => {
    const running: RunningApp[] = [];
    await use(async (options = {}) => {
      const profile = options.profile ?? path.join(folder, `profile-${String(running.length + 1)}`);
      const app = await start(profile, options);
      running.push(app);
      return app;
    });
    for (const app of running) await app.close();
  },
  app: async ({ startApp }, use) => {
    await use(await startApp());
  },
});

export { expect } from '@playwright/test';

export function packagedExecutable(): string {
  const file = path.join(root, 'dist', 'packaged.json');
  if (!existsSync(file)) throw new Error('nothing is packaged yet: run `npm run package`');
  return z.object({ executable: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).executable;
}

async function start(profile: string, { args = [], env = {} }: StartOptions): Promise<RunningApp> {
  const isRoot = process.getuid?.() === 0;
  const electron = await _electron.launch({
    executablePath: packagedExecutable(),
    args: [...(isRoot ? ['--no-sandbox'] : []), `--user-data-dir=${profile}`, ...args],
    env: { ...definedEnvironment(), ...env },
  });
  const consoleErrors: string[] = [];
  const watch = (page: Page): void => {
    page.on('console', (message) => {
      if (message.type() === 'error') consoleErrors.push(message.text());
    });
    page.on('pageerror', (error) => consoleErrors.push(error.message));
  };
  electron.on('window', watch);
  const page = await electron.firstWindow();
  watch(page);
  await page.waitForLoadState();

  let isOver = false;
  return {
    electron,
    page,
    profile,
    consoleErrors,
    async close() {
      if (isOver) return;
      isOver = true;
      await electron.close();
    },
    async kill() {
      isOver = true;
      const child = electron.process();
      const ended = new Promise<void>((resolve) => {
        child.once('exit', () => {
          resolve();
        });
      });
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
  );
  return Object.fromEntries(entries);
}
