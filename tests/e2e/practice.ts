/** A practice site with its invented children, made once for all tests of a file and copied for each. */
import { cpSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { test as base } from './app.ts';
import { coordinator, enterSite } from './colleagues.ts';
import { answerFolderDialog } from './dialogs.ts';
import type { RunningApp } from './running-app.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

export interface Practice {
  readonly app: RunningApp;
  readonly page: Page;
  readonly site: string;
}

export const test = base.extend<{ practice: Practice }, { template: string }>({
  template: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'cahier-practice-'));
      const site = path.join(folder, 'site');
      execFileSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', 'electron/cli.ts', 'demo', '--dir', site],
        { cwd: root, stdio: 'ignore' },
      );
      await use(site);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  practice: async ({ template, folder, startApp }, use) => {
    const site = path.join(folder, 'practice');
    cpSync(template, site, { recursive: true });
    const app = await startApp();
    await answerFolderDialog(app.electron, site);
    await app.page.getByRole('button', { name: /^Open a site/u }).click();
    await enterSite(app.page, coordinator);
    await use({ app, page: app.page, site });
  },
});

export { expect } from '@playwright/test';
