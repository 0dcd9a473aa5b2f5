/** Starts the packaged application with a profile of its own, attached to Playwright. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { _electron, errors } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..', '..');
/** A start takes about a second, several on a busy machine. */
const attachLimitMs = 20_000;
const mostAttempts = 3;

export interface StartOptions {
  /** Folder for what the application keeps about itself; kept between two starts it is the same computer. */
  readonly profile?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another one than the packaged application. */
  readonly executable?: string;
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

export function packagedExecutable(): string {
  const file = path.join(root, 'dist', 'packaged.json');
  if (!existsSync(file)) throw new Error('nothing is packaged yet: run `npm run package`');
  return z.object({ executable: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).executable;
}

/**
 * Chromium now and then (one start in thirty, seen in its protocol's log) tells a debugger that attaches during the first
 * navigation of the empty page before it and never of the navigation itself. The window stands there complete, and
 * Playwright waits for ever; so it attaches to another start.
 */
export async function launch(
  profile: string,
  { args = [], env = {}, executable = packagedExecutable() }: StartOptions,
): Promise<ElectronApplication> {
  const isRoot = process.getuid?.() === 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await _electron.launch({
        executablePath: executable,
        args: [...(isRoot ? ['--no-sandbox'] : []), `--user-data-dir=${profile}`, ...args],
        env: { ...definedEnvironment(), ...env },
        timeout: attachLimitMs,
      });
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || attempt === mostAttempts) throw error;
      console.warn(`Playwright could not attach within ${String(attachLimitMs / 1000)} s; started again.`);
    }
  }
}

export async function startApplication(profile: string, options: StartOptions): Promise<RunningApp> {
  const electron = await launch(profile, options);
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
