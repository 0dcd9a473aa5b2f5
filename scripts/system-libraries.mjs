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

/** Programs that tests hold ours against, because they share no line with it. */
const TEST_PACKAGES = [
  {
    package: 'python3-openpyxl',
    does: 'reads workbooks back',
    probe: ['/usr/bin/python3', '-c', 'import openpyxl'],
  },
  { package: 'poppler-utils', does: 'reads PDFs back', probe: ['pdftotext', '-v'] },
  { package: 'zbar-tools', does: 'reads QR codes', probe: ['zbarimg', '--version'] },
  { package: 'r-base-core', does: 'works statistics out a second time', probe: ['Rscript', '--version'] },
];

/** Installs what is missing of them when that is allowed (root on Debian), else throws an error that names the command. */
export function ensureTestPackages() {
  if (process.platform !== 'linux') return;
  const findMissingPackages = () =>
    TEST_PACKAGES.filter(
      ({ probe: [program, ...args] }) => spawnSync(program, args, { stdio: 'ignore' }).status !== 0,
    );
  if (findMissingPackages().length === 0) return;
  if (isRoot() && isOnPath('apt-get')) {
    const names = findMissingPackages().map((missing) => missing.package);
    console.log(`Installing system packages: ${names.join(' ')}`);
    apt(['update', '-qq']);
    apt(['install', '-y', '-qq', '--no-install-recommends', ...names]);
  }
  const missing = findMissingPackages();
  if (missing.length === 0) return;
  throw new Error(
    `Tests need system packages that are not installed: ${missing.map((one) => `${one.package} ${one.does}`).join(', ')}.\n` +
      `On Debian or Ubuntu:\n\n` +
      `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.map((one) => one.package).join(' ')}\n`,
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
