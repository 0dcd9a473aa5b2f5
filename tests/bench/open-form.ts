/** Opening a laboratory table of 300 items in the packaged application: from the key to the frame in which it stands. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { answerFolderDialog } from '../e2e/dialogs.ts';
import { startApplication } from '../e2e/running-app.ts';
import { median, quantile, type Figure } from './measure.ts';
import { reportOnSite } from './report.ts';
import { person, subjectNumber, type BenchSite } from './site.ts';

const items = 300;
const runs = 21;
const warmUp = 3;
const subject = subjectNumber(1);

async function measure(site: BenchSite): Promise<Figure> {
  const typed = await fillTable(site);
  await site.signOut();
  const app = await startApplication(path.join(site.folder, 'profile'), {});
  try {
    const { page } = app;
    await answerFolderDialog(app.electron, site.siteFolder);
    await page.getByRole('button', { name: /^Open a site/u }).click();
    await page.getByLabel('User').fill(person.user);
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: subject }).click();
    const cell = page.getByRole('button', { name: /^SCR Laboratory/u });
    const times: Opened[] = [];
    for (let run = 0; run < warmUp + runs; run += 1) {
      await cell.focus();
      const opened = await openForm(page);
      if (run >= warmUp) times.push(opened);
      await page.goBack();
      await cell.waitFor();
    }
    return {
      name: 'open-form',
      what: `opening a form of ${typed} items, to the first field with the screen drawn`,
      unit: 'ms',
      ours: median(times.map(({ ready }) => ready)),
      baseline: null,
      limit: 100,
      seen: {
        runs,
        items: typed,
        p95: quantile(
          times.map(({ ready }) => ready),
          0.95,
        ),
        allFields: median(times.map(({ all }) => all)),
      },
    };
  } finally {
    await app.close();
  }
}

/** Results of the admission sample, one test a row, until so many items are answered. */
async function fillTable(site: BenchSite): Promise<number> {
  const { study } = await site.call('studies.current', {});
  const answers = study.analytes.flatMap(({ id, unit }, index) =>
    Object.entries({
      lb_test: id,
      lb_dt: '2021-11-03T10:00',
      lb_lab: 'CHU central',
      lb_fast: '0',
      lb_cmp: '=',
      lb_val: '10',
      lb_unit: unit,
      lb_lln: '1',
      lb_uln: '40',
    }).map(([item, value]) => ({ event: 'SCR', form: 'LB', row: index + 1, item, value })),
  );
  site.services.forms.enterAll(site.actor(), subject, answers);
  const { record } = await site.call('subjects.open', { subject });
  return record.values.filter(({ form }) => form === 'LB').length;
}

interface Opened {
  /** The first screen stands, with the focus in its first field. */
  readonly ready: number;
  /** All fields stand, those far below the screen too. */
  readonly all: number;
}

/** In the page itself, so that no message on the way is counted: from the key to the frame in which the fields are drawn. */
async function openForm(page: Page): Promise<Opened> {
  return page.evaluate(async (wanted) => {
    const fields = (): number => document.querySelectorAll('[data-field]').length;
    // Asked at the start of each frame. It is drawn once its callbacks are through; a message comes after it.
    const frameWith = (stands: () => boolean, frames = 600): Promise<void> =>
      new Promise((resolve, reject) => {
        requestAnimationFrame(() => {
          if (!stands()) {
            if (frames === 0) reject(new Error(`only ${String(fields())} fields stand on the page`));
            else frameWith(stands, frames - 1).then(resolve, reject);
            return;
          }
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            resolve();
          };
          port2.postMessage(null);
        });
      });
    const isReady = (): boolean =>
      fields() > 0 && document.activeElement?.closest('[data-field]') instanceof HTMLElement;
    const start = performance.now();
    document.activeElement?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await frameWith(isReady);
    const ready = performance.now() - start;
    await frameWith(() => fields() >= wanted);
    return { ready, all: performance.now() - start };
  }, items);
}

await reportOnSite(async (site) => [await measure(site)]);
