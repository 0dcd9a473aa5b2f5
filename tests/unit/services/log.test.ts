import { expect, it } from 'vitest';
import { createLog } from '../../../electron/log.ts';

function lineOf(error: unknown): string {
  const lines: string[] = [];
  createLog(
    (line) => lines.push(line),
    () => 0,
  ).fault('ref', 'forms.save', error);
  return lines.join();
}

it('says where a bug was, and nothing of what its message quotes', () => {
  const line = lineOf(new SyntaxError('Unexpected token in "Jane Doe, HIV positive"\n second line of Jane'));
  expect(JSON.parse(line)).toMatchObject({
    at: '1970-01-01T00:00:00.000Z',
    fault: 'ref',
    where: 'forms.save',
    error: 'SyntaxError',
  });
  expect(line).not.toContain('Jane');
  expect(line).toContain('log.test.ts');
});

it.each([
  ['a text', 'Jane Doe'],
  ['an object', { name: 'Jane Doe' }],
  ['nothing', undefined],
])('says the kind only of %s that was thrown', (_, thrown) => {
  expect(lineOf(thrown)).not.toContain('Jane');
});

it('keeps the code of an error of the system', () => {
  expect(JSON.parse(lineOf(Object.assign(new Error('open /home/jane/x'), { code: 'EMFILE' })))).toMatchObject(
    { code: 'EMFILE' },
  );
});
