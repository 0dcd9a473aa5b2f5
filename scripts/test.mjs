// Runs every test there is and ends with one line: N passed, N failed.
//
//   node scripts/test.mjs               all runners
//   node scripts/test.mjs --only unit   one of them; what follows -- is handed to it
//
// To add a runner: a name, a command, and how its report is counted. A runner that crashes, leaves no
// report or finds no test counts as one failure, so that silence is never taken for success.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { passWithoutNoise, underDisplay } from './display.mjs';
import { ensurePackaged } from './package.mjs';
import { ensureTestPackages } from './system-libraries.mjs';

const root = path.resolve(import.meta.dirname, '..');
const reports = path.join(root, 'test-results');
const node = process.execPath;
const RUNNER_LIMIT_MS = 40 * 60_000;

const RUNNERS = [
  {
    name: 'unit',
    command: (report) => [
      node,
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    count: countVitest,
  },
  {
    name: 'crash',
    command: (report) => [node, path.join(root, 'tests/crash/sigkill.mjs'), '--report', report],
    count: ({ passed, failed }) => ({ passed, failed, skipped: 0 }),
  },
  {
    name: 'e2e',
    needsApp: true,
    command: () => [
      node,
      path.join(root, 'node_modules/@playwright/test/cli.js'),
      'test',
      '--reporter=list,json',
    ],
    env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    count: countPlaywright,
  },
];

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/** A suite that doesn't even load has no tests that could fail: it counts as one. @returns {Totals} */
function countVitest(report) {
  const brokenSuites = report.testResults.filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A test that passes only when repeated counts as failed. @returns {Totals} */
function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + (stats.unexpected === 0 ? errors.length : 0),
    skipped: stats.skipped,
  };
}

const separator = process.argv.indexOf('--');
const ownArguments = process.argv.slice(2, separator === -1 ? undefined : separator);
const handedOn = separator === -1 ? [] : process.argv.slice(separator + 1);
const only = ownArguments[0] === '--only' ? ownArguments[1] : undefined;
const chosen = RUNNERS.filter(({ name }) => only === undefined || name === only);
if (chosen.length === 0) {
  console.error(`There is no runner "${only}"; there are: ${RUNNERS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

mkdirSync(reports, { recursive: true });
// What tests count is of this run, or not there.
if (only === undefined) rmSync(path.join(reports, 'figures'), { recursive: true, force: true });
const total = { passed: 0, failed: 0, skipped: 0 };
for (const runner of chosen) {
  console.log(`\n── ${runner.name} ──`);
  const counted = await runSafely(runner);
  const skipped = counted.skipped > 0 ? `, ${counted.skipped} skipped` : '';
  console.log(`${runner.name}: ${counted.passed} passed, ${counted.failed} failed${skipped}`);
  for (const key of Object.keys(total)) total[key] += counted[key];
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

async function runSafely(runner) {
  try {
    return await runOne(runner);
  } catch (error) {
    console.error(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function runOne(runner) {
  if (runner.needsApp) await ensurePackaged();
  if (runner.name === 'unit') ensureTestPackages();
  const reportFile = path.join(reports, `${runner.name}.json`);
  rmSync(reportFile, { force: true });
  const [program, ...args] = [...runner.command(reportFile), ...handedOn];
  const exitCode = await execute(runner.needsApp ? underDisplay(program, args) : { command: program, args }, {
    ...process.env,
    ...runner.env?.(reportFile),
  });
  const counted = runner.count(JSON.parse(readFileSync(reportFile, 'utf8')));
  if (counted.passed + counted.failed === 0) throw new Error(`${runner.name} ran no test`);
  // Something went wrong outside any test, such as an exception that nobody caught.
  if (exitCode !== 0 && counted.failed === 0) return { ...counted, failed: 1 };
  return counted;
}

/** A runner that hangs is ended, with everything that it started, and counts as crashed. */
function execute({ command, args }, env) {
  return new Promise((resolve, reject) => {
    const isGroup = process.platform !== 'win32';
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'pipe'],
      detached: isGroup,
    });
    const end = (signal) => {
      try {
        process.kill(isGroup ? -child.pid : child.pid, signal);
      } catch {
        // It has ended already.
      }
    };
    const limit = setTimeout(() => {
      console.error(`ended after ${RUNNER_LIMIT_MS / 60_000} minutes`);
      end('SIGKILL');
    }, RUNNER_LIMIT_MS);
    const interrupt = (signal) => {
      end(signal);
      process.exit(1);
    };
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupt);
    passWithoutNoise(child.stderr, process.stderr);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(limit);
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupt);
      resolve(code ?? 1);
    });
  });
}
