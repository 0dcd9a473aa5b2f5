// Runs after npm changed node_modules (the "dependencies" script of package.json).
//
// better-sqlite3 carries its binaries and says `gypfile: false`: there is nothing to compile. npm 10, which
// comes with Node 20, installs from the lockfile, where npm does not note that, compiles after all and
// fetches Node's headers for it, which fails where only the npm registry is reachable.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const file = path.resolve(import.meta.dirname, '..', 'package-lock.json');
const lockfile = JSON.parse(readFileSync(file, 'utf8'));
const entry = lockfile.packages['node_modules/better-sqlite3'];

if (entry.gypfile !== false) {
  entry.gypfile = false;
  writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
}
