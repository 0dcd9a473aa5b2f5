// The fixtures of tests on the packaged application: each is started for its test and ended after it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { startApplication, type RunningApp, type StartOptions } from './running-app.ts';

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
      const app = await startApplication(profile, options);
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
