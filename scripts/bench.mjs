// Runs the benchmarks of tests/bench, prints one table and writes out/bench.json. Not part of any test.
//
//   npm run bench                      all of them
//   npm run bench -- --only commit     one
//
// Ratios are of the same run on the same machine, ours and the baseline by turns.
import { fork, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prepareModules from '../tests/stripped/prepare.ts';
import { underDisplay } from './display.mjs';
import { ensurePackaged } from './package.mjs';
import { hasDisplay } from './system-libraries.mjs';

const BENCHMARKS = [
  'commit',
  'keystroke',
  'checks',
  'subjects',
  'open-form',
  'startup',
  'export',
  'import',
  'push',
  'formats',
  'study-table',
  'verify',
  'pool',
];
/** Those that start the packaged application, and so need a display. */
const IN_WINDOW = ['open-form', 'startup'];
const root = path.resolve(import.meta.dirname, '..');

const asked = process.argv.indexOf('--only');
const only = asked === -1 ? null : process.argv[asked + 1];
const chosen = BENCHMARKS.filter((name) => only === null || name === only);
if (chosen.length === 0) {
  console.error(`There is no benchmark "${only}"; there are: ${BENCHMARKS.join(', ')}`);
  process.exit(2);
}

if (chosen.some((name) => IN_WINDOW.includes(name))) {
  await ensurePackaged();
  if (!hasDisplay()) {
    const { command, args } = underDisplay(process.execPath, process.argv.slice(1));
    process.exit(spawnSync(command, args, { stdio: 'inherit' }).status ?? 1);
  }
}

prepareModules();
const figures = [];
for (const name of chosen) figures.push(...(await run(name)));

console.table(
  figures.map(({ what, unit, ours, baseline, ratio, limit }) => ({
    figure: what,
    ours: `${ours.toFixed(3)} ${unit}`,
    baseline: baseline === null ? '' : `${baseline.toFixed(3)} ${unit}`,
    'ratio or value':
      baseline === null ? `${ours.toFixed(3)} ${unit}` : ratioOf({ ours, baseline, ratio }).toFixed(2),
    limit: baseline === null ? `${limit} ${unit}` : limit,
    met: (baseline === null ? ours : ratioOf({ ours, baseline, ratio })) <= limit ? 'yes' : 'NO',
  })),
);
mkdirSync(path.join(root, 'out'), { recursive: true });
writeFileSync(path.join(root, 'out', 'bench.json'), `${JSON.stringify(figures, null, 2)}\n`);

/** The ratio of medians, unless the benchmark took the median of ratios itself. */
function ratioOf({ ours, baseline, ratio }) {
  return ratio ?? ours / baseline;
}

function run(name) {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(root, 'tests', 'bench', `${name}.ts`), {
      // As the installed application, whose modules have no types to be taken out in each thread.
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        '--import',
        path.join(root, 'tests', 'stripped', 'load.mjs'),
      ],
    });
    let received = null;
    child.on('message', (message) => {
      received = message;
    });
    child.on('exit', (code) => {
      if (code === 0 && received !== null) resolve(received);
      else reject(new Error(`the benchmark ${name} ended with ${code} and without figures`));
    });
  });
}
