import { describe, expect, it } from 'vitest';
import { createCommitLine } from '../../../renderer/stores/commit-line.ts';

describe('saves of one form', () => {
  it('wait for the one before, in the order in which they were asked', async () => {
    const inLine = createCommitLine();
    const seen: string[] = [];
    const first = Promise.withResolvers<undefined>();
    const one = inLine('SCR|VS', async () => {
      await first.promise;
      seen.push('one');
    });
    const two = inLine('SCR|VS', () => {
      seen.push('two');
      return Promise.resolve();
    });
    expect(seen).toEqual([]);
    first.resolve(undefined);
    await Promise.all([one, two]);
    expect(seen).toEqual(['one', 'two']);
  });

  it('are not held up by one that was refused', async () => {
    const inLine = createCommitLine();
    const refused = inLine('SCR|VS', () => Promise.reject(new Error('refused')));
    const next = inLine('SCR|VS', () => Promise.resolve());
    await expect(refused).rejects.toThrow('refused');
    await expect(next).resolves.toBeUndefined();
  });

  it('do not wait for those of another form', async () => {
    const inLine = createCommitLine();
    const never = new Promise<void>(() => undefined);
    void inLine('SCR|VS', () => never);
    await expect(inLine('SCR|LB', () => Promise.resolve())).resolves.toBeUndefined();
  });
});
