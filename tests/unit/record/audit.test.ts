import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  auditEvent,
  canonicalJson,
  differsFromTrail,
  entryHash,
  eventsOfPlan,
  firstPreviousHash,
  sentence,
  valuesFromTrail,
  verifyChain,
  type AuditEntry,
  type AuditEvent,
  type AuditStamp,
  type ChainedEntry,
} from '#shared/audit.ts';
import type { ItemValue } from '#shared/record.ts';
import { accepted, answer, change, complete, model, nobody, removeRow, save, saved } from './saving.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const stamp: AuditStamp = {
  at: '2021-11-20T09:00:00.000Z',
  offsetMinutes: 60,
  user: 'A. Person',
  role: 'data-entry',
  site: '01',
};

function chain(events: readonly AuditEvent[]): readonly ChainedEntry[] {
  const entries: ChainedEntry[] = [];
  for (const event of events) {
    const entry = { seq: entries.length + 1, ...event };
    entries.push({ ...entry, hash: entryHash(entry, entries.at(-1)?.hash ?? firstPreviousHash, sha256) });
  }
  return entries;
}
const signIns = (count: number): readonly ChainedEntry[] =>
  chain(Array.from({ length: count }, () => auditEvent(stamp, 'session.signed-in')));
const problems = (
  entries: readonly ChainedEntry[],
  head?: { seq: number; hash: string },
): readonly string[] =>
  verifyChain(entries, sha256, head ?? null).problems.map(({ kind, seq, toSeq }) =>
    toSeq === seq ? `${kind} ${seq}` : `${kind} ${seq}-${toSeq}`,
  );

describe('canonical JSON', () => {
  test.each([
    [{ b: 1, a: [true, null, 'é"\n'] }, '{"a":[true,null,"é\\"\\n"],"b":1}'],
    [{ a: undefined, z: {}, é: 1, Z: 2 }, '{"Z":2,"z":{},"é":1}'],
    [1e21, '1e+21'],
    [-0, '0'],
    [0.1, '0.1'],
  ])('of %j is %s', (content, text) => {
    expect(canonicalJson(content)).toBe(text);
  });
  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
        const turned = Object.fromEntries(Object.entries(content).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(content));
      }),
    );
  });
  it('is JSON of the same content', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        expect(JSON.parse(canonicalJson(content))).toEqual(JSON.parse(JSON.stringify(content)));
      }),
    );
  });
  it('is what the recipe gives, key by key', () => {
    const byRecipe = (content: unknown): string => {
      if (Array.isArray(content)) return `[${content.map(byRecipe).join(',')}]`;
      if (typeof content !== 'object' || content === null) return JSON.stringify(content);
      const members = Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1));
      return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${byRecipe(member)}`).join(',')}}`;
    };
    const key = fc.oneof(fc.string(), fc.constantFrom('10', '9', '__proto__', 'toJSON', 'é', '\ud83d'));
    const content = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 3 }, fc.jsonValue(), fc.array(tie('any')), fc.dictionary(key, tie('any'))),
    })).any;
    fc.assert(
      fc.property(content, (any) => {
        expect(canonicalJson(any)).toBe(byRecipe(any));
      }),
      { numRuns: 500 },
    );
  });
  test.each([Number.NaN, Number.POSITIVE_INFINITY, () => 1, 1n])('of %s does not exist', (content) => {
    expect(() => canonicalJson(content)).toThrow(/canonical/u);
  });
});

describe('the hash of an entry', () => {
  const entry: AuditEntry = { seq: 1, ...auditEvent(stamp, 'session.signed-in') };
  it('is that of the hash before it and its canonical text', () => {
    expect(entryHash(entry, firstPreviousHash, sha256)).toBe(
      sha256(
        `${'0'.repeat(64)}{"action":"session.signed-in","at":"2021-11-20T09:00:00.000Z","detail":null,"event":null,"form":null,"item":null,"new":null,"offsetMinutes":60,"old":null,"origin":"entry","reason":null,"role":"data-entry","row":null,"seq":1,"site":"01","subject":null,"user":"A. Person"}`,
      ),
    );
  });
  it('does not depend on what else a stored row carries', () => {
    const stored = { ...entry, hash: 'x', id: 7 };
    expect(entryHash(stored, firstPreviousHash, sha256)).toBe(entryHash(entry, firstPreviousHash, sha256));
  });
});

describe('a trail', () => {
  const whole = signIns(6);
  const head = { seq: 6, hash: whole[5]?.hash ?? '' };
  const without = (...seqs: number[]): readonly ChainedEntry[] =>
    whole.filter((entry) => !seqs.includes(entry.seq));

  it('that nobody touched holds, and gives its head', () => {
    expect(verifyChain(whole, sha256, head)).toEqual({ entries: 6, head: head.hash, problems: [] });
  });
  it('that is empty holds', () => {
    expect(verifyChain([], sha256)).toEqual({ entries: 0, head: firstPreviousHash, problems: [] });
  });
  it('with a changed entry names it', () => {
    expect(
      problems(whole.map((entry) => (entry.seq === 3 ? { ...entry, user: 'B. Person' } : entry))),
    ).toEqual(['changed 3']);
  });
  it('with a changed hash names the entries that it no longer fits', () => {
    expect(
      problems(whole.map((entry) => (entry.seq === 3 ? { ...entry, hash: 'f'.repeat(64) } : entry))),
    ).toEqual(['changed 3', 'changed 4']);
  });
  it('with entries taken out names the gap', () => {
    expect(problems(without(3, 4))).toEqual(['removed 3-4']);
  });
  it('with its first entry taken out names it', () => {
    expect(problems(without(1))).toEqual(['removed 1']);
  });
  it('with its last entry taken out names it where the head is known', () => {
    expect([problems(without(6)), problems(without(6), head)]).toEqual([[], ['removed 6']]);
  });
  it('with an entry put in a second time names it', () => {
    expect(problems([...whole.slice(0, 3), ...whole.slice(2)])).toEqual(['inserted 3']);
  });
  it('with two entries changed about names what is out of place', () => {
    const [one, two, three, four, five, six] = whole;
    const moved = [one, three, two, four, five, six].filter((entry) => entry !== undefined);
    expect(problems(moved)).toEqual(['reordered 2']);
  });
  it('with several entries lost and one of them moved names both', () => {
    const [one, , three, , five, six] = whole;
    const moved = [one, five, six, three].filter((entry) => entry !== undefined);
    expect(problems(moved)).toEqual(['removed 2', 'reordered 3', 'removed 4']);
  });
  it('written anew from the middle is found out by a head that was kept', () => {
    const rewritten = chain(
      whole.map(({ seq, hash: _, ...event }) => ({ ...event, user: seq === 3 ? 'B. Person' : event.user })),
    );
    expect([problems(rewritten), problems(rewritten, head)]).toEqual([[], ['changed 6']]);
  });
  it('shows any single change of any field', () => {
    const field = fc.constantFrom<keyof AuditEntry>(
      'at',
      'user',
      'role',
      'site',
      'subject',
      'item',
      'reason',
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), field, fc.string(), (seq, name, text) => {
        const before = whole[seq - 1]?.[name];
        fc.pre(before !== text);
        expect(
          problems(whole.map((entry) => (entry.seq === seq ? { ...entry, [name]: text } : entry))),
        ).toEqual([`changed ${seq}`]);
      }),
    );
  });
});

describe('values against the trail', () => {
  const plan = save(nobody, change('q_dec', '10'), change('q_yn', '1'), change('q_dose', '50'));
  const trail = valuesFromTrail(
    eventsOfPlan(plan, stamp).map((event, index) => ({ seq: index + 1, ...event })),
  );
  const stored = plan.record.values.map((value) => ({ ...value, subject: '01-001' }));

  it('agree after a save', () => {
    expect(differsFromTrail(trail, stored)).toEqual([]);
  });
  it('show a value changed behind the application, without saying it', () => {
    const changed = stored.map((value) => (value.item === 'q_dose' ? { ...value, text: '99' } : value));
    expect(differsFromTrail(trail, changed)).toEqual([
      'Subject 01-001, q_dose (Q in SCR, row 1) is stored otherwise than the trail says.',
    ]);
  });
  it('show a value put in behind the application', () => {
    const added = [
      ...stored,
      {
        event: 'SCR',
        form: 'Q',
        row: 1,
        item: 'q_int',
        ...answer,
        text: '1',
        number: 1,
        version: 1,
        derived: false,
        parked: false,
        subject: '01-001',
      },
    ];
    expect(differsFromTrail(trail, added)).toEqual([
      'Subject 01-001, q_int (Q in SCR, row 1) is stored and the trail knows nothing of it.',
    ]);
  });
  it('show a value taken out behind the application', () => {
    expect(
      differsFromTrail(
        trail,
        stored.filter((value) => value.item !== 'q_dec'),
      ),
    ).toEqual(['Subject 01-001, q_dec (Q in SCR, row 1) is in the trail and not stored.']);
  });
  it('show a version or a mark that was turned', () => {
    const marked = stored.map((value) => (value.item === 'q_dec' ? { ...value, parked: true } : value));
    expect(differsFromTrail(trail, marked)).toEqual([
      'Subject 01-001, q_dec (Q in SCR, row 1) is marked otherwise than the trail says.',
    ]);
  });
});

describe('an entry as a sentence', () => {
  const value = (text: string, number: number | null = null): ItemValue => ({ ...answer, text, number });
  const at = { subject: '01-001', event: 'SCR', form: 'Q', row: 1, item: 'q_dec' };
  const said = (event: AuditEvent): readonly [string, string] => {
    const entry = { seq: 1, ...event };
    return [sentence(entry, model, 'en'), sentence(entry, model, 'fr')];
  };

  it('tells a first answer', () => {
    expect(said(auditEvent(stamp, 'value.set', { ...at, new: value('32.0', 32) }))).toEqual([
      'Weight (SCR, Questions) was set to 32.0\u00A0kg by A. Person.',
      'Poids (SCR, Questions) : valeur 32,0\u00A0kg saisie par A. Person.',
    ]);
  });
  it('tells a change with its reason', () => {
    expect(
      said(
        auditEvent(stamp, 'value.set', {
          ...at,
          old: value('320', 320),
          new: value('32.0', 32),
          reason: 'Typing error',
        }),
      ),
    ).toEqual([
      'Weight (SCR, Questions) was changed from 320\u00A0kg to 32.0\u00A0kg by A. Person. Reason: Typing error.',
      'Poids (SCR, Questions) : valeur 320\u00A0kg remplacée par 32,0\u00A0kg par A. Person. Motif : Typing error.',
    ]);
  });
  it('names a calculation as what it is', () => {
    expect(
      said(
        auditEvent(stamp, 'value.set', {
          ...at,
          item: 'q_perkg',
          new: value('5.00', 5),
          origin: 'derivation',
        }),
      )[0],
    ).toBe('Dose per kg (SCR, Questions) was set to 5.00\u00A0mg/kg by calculation.');
  });
  it('names the person behind what the application notes of people', () => {
    expect(said(auditEvent(stamp, 'site.created', { origin: 'system' }))).toEqual([
      'The site was created by A. Person.',
      'Centre créé par A. Person.',
    ]);
  });
  it('names the row of a repeating group', () => {
    expect(
      said(
        auditEvent(stamp, 'value.set', {
          ...at,
          event: 'D2',
          form: 'L',
          row: 3,
          item: 'l_test',
          new: value('crp'),
        }),
      )[1],
    ).toBe('Analyse (D2, Biologie, ligne 3) : valeur Protéine C réactive saisie par A. Person.');
  });
  it('shows the id of an item that the study no longer has', () => {
    expect(said(auditEvent(stamp, 'value.set', { ...at, item: 'gone', new: value('5') }))[0]).toBe(
      'gone (SCR, Questions) was set to 5 by A. Person.',
    );
  });
  it('tells that a check asked, and that its query was closed', () => {
    const detail = {
      query: 3,
      check: 'q_dec.soft',
      version: 1,
      severity: 'soft',
      en: 'Too high?',
      fr: 'Trop ?',
    };
    expect(said(auditEvent(stamp, 'query.opened', { ...at, origin: 'system', detail }))).toEqual([
      'Check q_dec.soft opened query 3 on Weight (SCR, Questions): “Too high?”.',
      'Contrôle q_dec.soft : requête 3 ouverte sur Poids (SCR, Questions) : « Trop ? ».',
    ]);
    const closed = { query: 3, check: 'q_dec.soft', by: 'correction' };
    expect(said(auditEvent(stamp, 'query.closed', { ...at, origin: 'system', detail: closed }))).toEqual([
      'Query 3 on Weight (SCR, Questions) was closed: check q_dec.soft is satisfied.',
      'Requête 3 sur Poids (SCR, Questions) close : contrôle q_dec.soft satisfait.',
    ]);
  });
  it.each([
    ['query.opened', 'entry', 'Query 3 on Weight (SCR, Questions) was opened by A. Person: “Sure?”.'],
    ['query.answered', 'entry', 'Query 3 on Weight (SCR, Questions) was answered by A. Person: “Sure?”.'],
    ['query.reopened', 'entry', 'Query 3 on Weight (SCR, Questions) was opened again by A. Person: “Sure?”.'],
    [
      'query.closed',
      'entry',
      'Query 3 on Weight (SCR, Questions) was closed by A. Person, who accepted it: “Sure?”.',
    ],
  ] as const)('tells %s of a person with the words', (action, origin, expected) => {
    const detail = { query: 3, ...(action === 'query.closed' ? { by: 'acceptance' } : {}) };
    expect(said(auditEvent(stamp, action, { ...at, origin, reason: 'Sure?', detail }))[0]).toBe(expected);
  });
  it('tells what the application made of an answer', () => {
    const of = (action: 'query.answered' | 'query.reopened') =>
      said(
        auditEvent(stamp, action, { ...at, origin: 'system', detail: { query: 3, check: 'q_dec.soft' } }),
      )[0];
    expect(of('query.answered')).toBe(
      'Query 3 on Weight (SCR, Questions) counts as answered: its finding was confirmed for the values that stand.',
    );
    expect(of('query.reopened')).toBe(
      'Query 3 on Weight (SCR, Questions) is open again: its finding rests on other values now.',
    );
  });
  it('is told of everything that a course of saves leaves', () => {
    const rows = saved(nobody, change('l_val', '5 mg/L'));
    const plans = [
      save(nobody, change('q_dec', '10')),
      accepted(removeRow(rows, 'D1', 1)),
      accepted(complete(saved(nobody, change('q_dec', '10')), 'SCR', 'Q')),
    ];
    const sentences = plans.flatMap((plan) => eventsOfPlan(plan, stamp)).flatMap(said);
    expect(sentences.filter((text) => /undefined|null|\[object|\s\./u.test(text))).toEqual([]);
  });
});
