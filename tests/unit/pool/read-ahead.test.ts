/** Files are read before their turn, in their order, and large ones one place each. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createReadAhead } from '../../../electron/services/pool/read-ahead.ts';
import type { Received } from '../../../electron/services/pool/handed-in.ts';

/** What a file is read into, as far as it counts here. */
const received = (file: string, values: number): Received =>
  ({ handedIn: { file }, read: { forms: [{ values }] } }) as unknown as Received; // nothing else of it is looked at

function readerOf(values: number) {
  const begun: string[] = [];
  const files = Array.from({ length: 50 }, (_, index) => `${String(index)}.xlsx`);
  const next = createReadAhead(files, 2, (file) => {
    begun.push(file);
    return Promise.resolve(received(file, values));
  });
  return { begun, files, next };
}

it('reads as many large files ahead as there are threads', async () => {
  const { begun, next } = readerOf(300_000);
  await nextTurn();
  expect(begun).toHaveLength(2);
  await next();
  await nextTurn();
  expect(begun).toHaveLength(3);
});

it('reads small ones on, up to a limit', async () => {
  const { begun, next } = readerOf(100);
  await nextTurn();
  expect(begun).toHaveLength(32);
  await next();
  await nextTurn();
  expect(begun).toHaveLength(33);
});

it('gives all of them in their order', async () => {
  const { files, next } = readerOf(30_000);
  const given: string[] = [];
  for (const _ of files) given.push((await next()).handedIn.file);
  expect(given).toEqual(files);
  await expect(next()).rejects.toThrow('no file is left');
});

it('tells in its turn of a file that could not be read, and reads on', async () => {
  const next = createReadAhead(['a', 'b', 'c'], 1, (file) =>
    file === 'b' ? Promise.reject(new Error(file)) : Promise.resolve(received(file, 1)),
  );
  expect((await next()).handedIn.file).toBe('a');
  await expect(next()).rejects.toThrow('b');
  expect((await next()).handedIn.file).toBe('c');
});
