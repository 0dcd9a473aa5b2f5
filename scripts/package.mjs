// Builds and packages the application.
//
//   node scripts/package.mjs             the directory build that `npm start` and the tests run
//   node scripts/package.mjs --release   what is handed out: release fuses, installers in dist/release
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Platform, build } from 'electron-builder';
import { prepareElectron } from './electron-runtime.mjs';
import { withLock } from './lock.mjs';

const root = path.resolve(import.meta.dirname, '..');
const distFolder = path.join(root, 'dist');
const recordFile = path.join(distFolder, 'packaged.json');
const INPUT_FOLDERS = ['electron', 'renderer', 'shared', 'migrations', 'scripts'];
const INPUT_FILES = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'electron-builder.yml'];

/**
 * Makes the directory build unless the one that lies there was made from these very files.
 * @returns {Promise<{ executable: string, electron: string }>}
 */
export async function ensurePackaged() {
  const runtime = await prepareElectron();
  mkdirSync(distFolder, { recursive: true });
  return withLock(path.join(distFolder, '.packaging'), async () => {
    const inputs = fingerprint(runtime);
    const present = readRecord();
    if (present?.inputs === inputs && existsSync(present.executable)) return present;

    console.log('Building and packaging …');
    buildBundles();
    // Packaged beside the place and moved into it, so that a half-made build never carries the name.
    const making = path.join(distFolder, '.making');
    rmSync(making, { recursive: true, force: true });
    await packageApp(runtime, {
      targets: Platform.current().createTarget('dir'),
      config: {
        directories: { output: making },
        // Playwright attaches through --inspect; release builds have this fuse off.
        electronFuses: { enableNodeCliInspectArguments: true },
      },
    });
    rmSync(recordFile, { force: true });
    const app = path.join(distFolder, 'app');
    rmSync(app, { recursive: true, force: true });
    renameSync(making, app);
    const record = { executable: executableIn(app), electron: runtime.version, inputs };
    writeFileSync(recordFile, `${JSON.stringify(record, null, 2)}\n`);
    return record;
  });
}

async function packageRelease() {
  const runtime = await prepareElectron();
  mkdirSync(distFolder, { recursive: true });
  await withLock(path.join(distFolder, '.packaging'), async () => {
    buildBundles();
    const output = path.join(distFolder, 'release');
    rmSync(output, { recursive: true, force: true });
    const platform = Platform.current();
    // Installers are made by tools that are fetched from where the official Electron is fetched too.
    const hasTools = runtime.kind === 'official';
    const folderOnly = platform === Platform.LINUX && !hasTools;
    await packageApp(runtime, {
      targets: folderOnly ? platform.createTarget('dir') : platform.createTarget(),
      config: { directories: { output } },
    });
    if (platform === Platform.LINUX) packTarball(output);
    if (!hasTools) {
      console.log(`Made with Electron ${runtime.version}, the registry's: for trials, not for hand-out.`);
    }
    console.log(`Release files are in ${path.relative(root, output)}`);
  });
}

function packTarball(output) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const name = `cahier-${version}-linux-${process.arch}`;
  const unpacked = path.basename(path.dirname(executableIn(output)));
  const args = ['czf', `${name}.tar.gz`, `--transform=s,^${unpacked},${name},`, unpacked];
  execFileSync('tar', args, { cwd: output, stdio: 'inherit' });
}

function buildBundles() {
  const electronVite = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  execFileSync(process.execPath, [electronVite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
}

async function packageApp(runtime, { targets, config }) {
  await build({
    projectDir: root,
    targets,
    publish: 'never',
    config: {
      ...config,
      electronVersion: runtime.version,
      electronDist: runtime.dist,
      // False: there is nothing to rebuild, and electron-builder.yml says which modules are packaged.
      beforeBuild: () => false,
      afterPack: ({ appOutDir }) => {
        if (runtime.sqliteAddon) replaceSqliteAddon(appOutDir, runtime.sqliteAddon);
      },
    },
  });
}

/** The published addon doesn't load in the registry's Electron; node_modules keeps it for Node. */
function replaceSqliteAddon(appOutDir, addon) {
  const prebuilds = path.join(appOutDir, 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds');
  const published = path.join(prebuilds, `${process.platform}-${process.arch}.node`);
  if (!existsSync(published)) throw new Error(`the package holds no ${path.basename(published)}`);
  cpSync(addon, published);
}

function executableIn(app) {
  const candidates = {
    linux: ['linux-unpacked/cahier', 'linux-arm64-unpacked/cahier'],
    win32: ['win-unpacked/cahier.exe', 'win-arm64-unpacked/cahier.exe'],
    darwin: ['mac/Cahier.app/Contents/MacOS/cahier', 'mac-arm64/Cahier.app/Contents/MacOS/cahier'],
  }[process.platform];
  const found = candidates?.map((file) => path.join(app, file)).find(existsSync);
  if (!found) throw new Error(`packaging left no executable in ${app}`);
  return found;
}

function readRecord() {
  if (!existsSync(recordFile)) return undefined;
  return JSON.parse(readFileSync(recordFile, 'utf8'));
}

/** What the package is made from: when this is unchanged there is nothing to do. */
function fingerprint(runtime) {
  const hash = createHash('sha256').update(`${runtime.kind} ${runtime.version} ${process.versions.node}`);
  const files = INPUT_FOLDERS.flatMap((folder) => filesBelow(path.join(root, folder)));
  for (const file of [...files, ...INPUT_FILES.map((name) => path.join(root, name))]) {
    hash.update(`\0${path.relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--release')) await packageRelease();
  else console.log((await ensurePackaged()).executable);
}
