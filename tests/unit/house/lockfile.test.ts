import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const entrySchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  gypfile: z.boolean().optional(),
});
const lockfile = z
  .object({ packages: z.record(z.string(), entrySchema) })
  .parse(JSON.parse(readFileSync(path.resolve('package-lock.json'), 'utf8')));
const packages = Object.entries(lockfile.packages).filter(([name]) => name !== '');

test('the lockfile pins every package by version and digest', () => {
  const loose = packages.filter(([, entry]) => entry.version === undefined || entry.integrity === undefined);
  expect(loose.map(([name]) => name)).toEqual([]);
});

test('the lockfile names no registry, so that any mirror serves', () => {
  expect(packages.filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name)).toEqual([]);
});

// Why this matters, and what puts it back, is said in scripts/lockfile.mjs.
test('the lockfile says that better-sqlite3 is not to be compiled', () => {
  expect(lockfile.packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
});
