import { describe, expect, it } from 'vitest';
import type { ItemValue } from '#shared/record.ts';
import { faceOf, leadingFinding, type FieldFacts } from '../../../renderer/stores/field-face.ts';

const answered: ItemValue = {
  text: '32.0',
  relation: null,
  number: 32,
  unit: null,
  precision: null,
  missing: null,
};
const notDone: ItemValue = { ...answered, text: null, number: null, missing: 'ND' };
const emptied: ItemValue = { ...notDone, missing: null };
const hard = { severity: 'hard', status: 'open' } as const;
const soft = { severity: 'soft', status: 'open' } as const;
const confirmed = { severity: 'soft', status: 'confirmed' } as const;
const information = { severity: 'information', status: 'open' } as const;
const asked = { state: 'open' } as const;
const told = { state: 'answered' } as const;
const typing = { stage: 'typing' } as const;

const calm: FieldFacts = {
  draft: null,
  value: null,
  findings: [],
  queries: [],
  isRequired: false,
  isLocked: false,
};

describe('the face of a field', () => {
  it.each([
    ['nothing in it', {}, 'empty'],
    ['an emptied answer', { value: emptied }, 'empty'],
    ['nothing where an answer is expected', { isRequired: true }, 'required'],
    ['an answer', { value: answered }, 'saved'],
    ['an answer and only information found', { value: answered, findings: [information] }, 'saved'],
    ['a missing reason', { value: notDone, isRequired: true }, 'missing'],
    ['an answer that is being typed', { value: answered, draft: typing }, 'typed'],
    ['an answer on its way', { value: answered, draft: { stage: 'saving' } }, 'typed'],
    ['a hard finding while typing', { value: answered, draft: typing, findings: [soft, hard] }, 'hard'],
    ['a soft finding while typing', { value: answered, draft: typing, findings: [soft] }, 'soft'],
    ['a soft finding that was confirmed', { value: answered, findings: [confirmed] }, 'confirmed'],
    ['one confirmed and one open', { value: answered, findings: [confirmed, soft] }, 'soft'],
    ['an open query on an answer', { value: answered, queries: [asked] }, 'query'],
    ['an open query where nothing stands', { isRequired: true, queries: [asked] }, 'query'],
    [
      'an open query in a form that is closed',
      { value: answered, isLocked: true, queries: [asked] },
      'query',
    ],
    ['a query that has its answer', { value: answered, queries: [told] }, 'answered'],
    [
      'an answered query of a confirmed finding',
      { value: answered, queries: [told], findings: [confirmed] },
      'confirmed',
    ],
    [
      'an open query beside a confirmed finding',
      { value: answered, queries: [told, asked], findings: [confirmed] },
      'query',
    ],
    ['the open query of an open finding', { value: answered, queries: [asked], findings: [soft] }, 'soft'],
    ['an answer typed under an open query', { value: answered, queries: [asked], draft: typing }, 'typed'],
    ['a text that can’t be read', { draft: { stage: 'unreadable' }, findings: [hard] }, 'not-saved'],
    ['a refused save', { value: answered, draft: { stage: 'refused' } }, 'not-saved'],
    ['a reason that is owed', { value: answered, draft: { stage: 'reason' } }, 'not-saved'],
    ['a conflict', { value: answered, draft: { stage: 'conflict' } }, 'not-saved'],
    ['an answer in a form that is closed', { value: answered, isLocked: true }, 'locked'],
    ['a finding in a form that is closed', { value: answered, isLocked: true, findings: [hard] }, 'hard'],
  ] satisfies [string, Partial<FieldFacts>, string][])('%s', (_, facts, face) => {
    expect(faceOf({ ...calm, ...facts })).toBe(face);
  });

  it('lets the gravest finding speak in the line', () => {
    expect(leadingFinding([information, confirmed, soft, hard])).toBe(hard);
    expect(leadingFinding([information, confirmed, soft])).toBe(soft);
    expect(leadingFinding([information, confirmed])).toBe(confirmed);
    expect(leadingFinding([])).toBeNull();
  });
});
