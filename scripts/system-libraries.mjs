// What Electron needs from a Linux system beside its own files.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const LIBRARY_PACKAGES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
];
const DISPLAY_PACKAGES = ['xvfb', 'xauth'];

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/**
 * Makes sure that the executable can start here: installs what is missing when that is allowed (root on
 * Debian), else throws an error whose message holds the one command that does.
 */
export function ensureSystemLibraries(executable) {
  if (process.platform !== 'linux') return;
  const missing = findMissing(executable);
  if (missing.length === 0) return;
  if (isRoot() && isOnPath('apt-get')) {
    console.log(`Installing system packages: ${missing.join(' ')}`);
    apt(['update', '-qq']);
    apt(['install', '-y', '-qq', '--no-install-recommends', ...missing.map(currentName)]);
    if (findMissing(executable).length === 0) return;
  }
  throw new Error(
    `The window needs system packages that are not installed. On Debian or Ubuntu:\n\n` +
      `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}\n`,
  );
}

/** Debian's openpyxl reads the workbooks back in tests, as a program that shares no line with the one that wrote them. */
export function ensureTestPackages() {
  if (process.platform !== 'linux') return;
  const canRead = () =>
    spawnSync('/usr/bin/python3', ['-c', 'import openpyxl'], { stdio: 'ignore' }).status === 0;
  if (canRead()) return;
  if (isRoot() && isOnPath('apt-get')) {
    console.log('Installing system packages: python3-openpyxl');
    apt(['update', '-qq']);
    apt(['install', '-y', '-qq', '--no-install-recommends', 'python3-openpyxl']);
    if (canRead()) return;
  }
  throw new Error(
    `The tests read workbooks back with python3-openpyxl, which is not installed. On Debian or Ubuntu:\n\n` +
      `  sudo apt-get update && sudo apt-get install -y --no-install-recommends python3-openpyxl\n`,
  );
}

function findMissing(executable) {
  const packages = [];
  if (!hasDisplay()) {
    if (!isOnPath('Xvfb') || !isOnPath('xvfb-run')) packages.push('xvfb');
    if (!isOnPath('xauth')) packages.push('xauth');
  }
  const linked = spawnSync('ldd', [executable], { encoding: 'utf8' });
  if (linked.stdout?.includes('not found')) packages.push(...LIBRARY_PACKAGES);
  return packages;
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries for 64-bit time (libasound2 is libasound2t64 there). */
function currentName(name) {
  if (DISPLAY_PACKAGES.includes(name)) return name;
  const policy = spawnSync('apt-cache', ['show', `${name}t64`], { encoding: 'utf8' });
  return policy.status === 0 && policy.stdout.trim() !== '' ? `${name}t64` : name;
}

function apt(args) {
  execFileSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

export const isRoot = () => process.getuid?.() === 0;

function isOnPath(command) {
  return (process.env.PATH ?? '')
    .split(':')
    .some((folder) => folder !== '' && existsSync(`${folder}/${command}`));
}
