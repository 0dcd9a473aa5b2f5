import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { contract } from '#shared/bridge.ts';
import { root } from '../studies/folders.ts';

const source = readFileSync(path.join(root, 'electron/preload.ts'), 'utf8');

it('the preload offers every method of the contract under its own name, and nothing else', () => {
  const offered = [...source.matchAll(/'([a-z]+\.[A-Za-z]+)': calls\('([a-z]+\.[A-Za-z]+)'\)/gu)].map(
    ([, name, called]) => [name, called],
  );
  expect(offered.sort()).toEqual(
    Object.keys(contract)
      .map((method) => [method, method])
      .sort(),
  );
});

it('the preload loads nothing but Electron', () => {
  const loaded = [...source.matchAll(/import (?!type)[^;]* from '([^']+)'/gu)].map(([, from]) => from);
  expect(loaded).toEqual(['electron']);
});
