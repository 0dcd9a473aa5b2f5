// Writes the validation pack: requirements ↔ tests ↔ results, as a page and as a workbook in dist/validation.
//
//   npm run validation                     runs all tests first
//   npm run validation -- --from-results   of the last whole run
//
// Ends with 1 when a test failed, or when a statement names a test that is not in the run.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { writePack } from './validation/write.ts';

const root = path.resolve(import.meta.dirname, '..');
let testsFailed = false;
if (!process.argv.includes('--from-results')) {
  const tests = spawnSync(process.execPath, [path.join(root, 'scripts/test.mjs')], { stdio: 'inherit' });
  testsFailed = tests.status !== 0;
}
const written = await writePack(root);
if (written === null) {
  console.error('There is no whole run to report on: run npm test, or leave --from-results away.');
  process.exitCode = 1;
} else {
  for (const line of written.lines) console.log(line);
  process.exitCode = testsFailed || !written.isSound ? 1 : 0;
}
