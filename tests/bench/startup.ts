/**
 * From the start of the process to the sign-in page, against a bare window of the same Electron with one line of text:
 * the moment at which the largest piece of text was painted, as the page itself knows it.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, linkSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { answerFolderDialog } from '../e2e/dialogs.ts';
import { launch, startApplication } from '../e2e/running-app.ts';
import { measurePairs, median, medianRatio, quantile, type Figure } from './measure.ts';
import { report } from './report.ts';
import { openBenchSite, person, type BenchSite } from './site.ts';

const runs = 11;

async function measure(site: BenchSite): Promise<Figure> {
  await site.signOut();
  const profile = path.join(site.folder, 'profile');
  await openOnce(profile, site.siteFolder);
  const bare = makeBareApp(path.join(site.folder, 'bare'));
  await paintedAfter(path.join(site.folder, 'bare-profile'), bare);
  const pair = await measurePairs(
    runs,
    () => paintedAfter(profile),
    () => paintedAfter(path.join(site.folder, 'bare-profile'), bare),
  );
  return {
    name: 'startup',
    what: 'start to the sign-in page, by a bare window',
    unit: 'ms',
    ours: median(pair.ours),
    baseline: median(pair.baseline),
    limit: 1.5,
    seen: { runs, ratio: medianRatio(pair), ours95: quantile(pair.ours, 0.95) },
  };
}

/** So that later starts know the site and go to its sign-in page. */
async function openOnce(profile: string, siteFolder: string): Promise<void> {
  const app = await startApplication(profile, {});
  await answerFolderDialog(app.electron, siteFolder);
  await app.page.getByRole('button', { name: /^Open a site/u }).click();
  await app.page.getByLabel('User').fill(person.user);
  await app.page.getByLabel('Password', { exact: true }).fill(person.password);
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('link', { name: 'Subjects' }).waitFor();
  await app.close();
}

async function paintedAfter(profile: string, executable?: string): Promise<number> {
  const started = Date.now();
  const electron = await launch(profile, executable === undefined ? {} : { executable });
  const page = await electron.firstWindow();
  await page.getByLabel(executable === undefined ? 'User' : 'Bare').waitFor();
  const painted = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          resolve(performance.timeOrigin + (list.getEntries().at(-1)?.startTime ?? Number.NaN));
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  await electron.close();
  return painted - started;
}

/** The distribution with an application of ten lines in it. */
function makeBareApp(folder: string): string {
  const said = execFileSync(process.execPath, [path.join('scripts', 'electron-runtime.mjs')], {
    cwd: path.resolve(import.meta.dirname, '..', '..'),
    encoding: 'utf8',
  });
  const { dist } = z.object({ dist: z.string() }).parse(JSON.parse(said.slice(said.indexOf('{'))));
  mkdirSync(path.join(folder, 'resources', 'app'), { recursive: true });
  for (const name of readdirSync(dist)) {
    if (name === 'resources') continue;
    // Electron looks for its files beside the real path of its executable.
    if (name === 'electron') placeFile(path.join(dist, name), path.join(folder, name));
    else symlinkSync(path.join(dist, name), path.join(folder, name));
  }
  const app = path.join(folder, 'resources', 'app');
  writeFileSync(path.join(app, 'package.json'), '{"name":"bare","main":"main.js"}');
  writeFileSync(
    path.join(app, 'main.js'),
    `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, show: false });
  window.once('ready-to-show', () => window.show());
  window.loadFile('index.html');
});
app.on('window-all-closed', () => app.quit());`,
  );
  writeFileSync(
    path.join(app, 'index.html'),
    '<!doctype html><title>Bare</title><label>Bare <input></label><p>A bare window.</p>',
  );
  return path.join(folder, 'electron');
}

function placeFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // On another file system.
    cpSync(from, to);
  }
}

await report(async () => {
  const site = await openBenchSite();
  try {
    return [await measure(site)];
  } finally {
    await rm(path.join(site.folder, 'bare'), { recursive: true, force: true });
    site.remove();
  }
});
