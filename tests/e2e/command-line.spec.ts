// The command line of an installed copy. What the commands do is tested from source; here, that they are
// reached without a window and without a display.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './app.ts';
import { packagedExecutable } from './running-app.ts';

const run = promisify(execFile);
const launcher = path.join(path.dirname(packagedExecutable()), 'bin', 'cahier');

test.skip(process.platform !== 'linux', 'the launcher is a shell script of the Linux package');

async function cahier(...args: readonly string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  try {
    return { ...(await run(launcher, [...args], { env })), code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number }; // as Node documents
    return { stdout, stderr, code };
  }
}

test('answers a command without a display and exits', async () => {
  const { stdout, stderr, code } = await cahier('help');
  expect(code).toBe(0);
  expect(`${stdout}${stderr}`).toContain('--dir SITE_FOLDER');
});

test('reads migrations, study and database binding from the archive', async ({ folder }) => {
  // Eight children through the one write path, with a durable commit for every value.
  test.setTimeout(180_000);
  const site = path.join(folder, 'site');
  const made = await cahier('demo', '--dir', site, '--json');
  expect(made.stderr).toBe('');
  expect(made.code).toBe(0);
  const { people } = JSON.parse(made.stdout) as { people: { user: string; password: string }[] };
  expect(people.length).toBeGreaterThan(0);
});

test('exits with 2 on bad usage', async () => {
  expect((await cahier('demo', '--no-such-option')).code).toBe(2);
});
