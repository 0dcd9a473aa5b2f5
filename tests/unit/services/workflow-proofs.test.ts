import { describe, expect, it } from 'vitest';
import { auditEvent } from '#shared/audit.ts';
import { sentence } from '#shared/audit/sentence.ts';
import { createFormStateProof } from '../../../electron/services/proofs/forms.ts';
import { createFreezeProof } from '../../../electron/services/proofs/freezes.ts';
import { createSignatureProof } from '../../../electron/services/proofs/signatures.ts';
import type { TableProof } from '../../../electron/services/proofs/table-proof.ts';
import { night, openSigned, save, sign, subject, whole } from './reviewed-subject.ts';
import type { Bench } from './workbench.ts';

/** Everything that can happen to forms, signatures and freezes has happened. */
async function openReviewed(): Promise<Bench> {
  const bench = await openSigned(whole);
  const why = { reason: 'Looked at again' };
  await save(bench, night, { night_wakes: '4' }, 'TYPO');
  await bench.call('forms.verify', night);
  await bench.call('forms.unverify', { ...night, ...why });
  await bench.call('forms.verify', night);
  await sign(bench, night);
  await sign(bench, whole);
  await bench.call('forms.lock', night);
  await bench.call('forms.unlock', { ...night, ...why });
  await bench.call('subjects.freeze', { subject, ...why });
  await bench.call('site.freeze', why);
  await bench.call('subjects.unfreeze', { subject, ...why });
  await bench.call('site.unfreeze', why);
  await bench.call('subjects.freeze', { subject, ...why });
  return bench;
}

function problems(bench: Bench, proof: TableProof): readonly string[] {
  const { site } = bench.services.session.authorise('signed-in');
  for (const entry of site.trail.entries()) if (proof.actions.includes(entry.action)) proof.read(entry);
  return proof.problems(site.db);
}

const alter = (bench: Bench, sql: string): void => {
  bench.services.session.authorise('signed-in').site.db.exec(sql);
};

describe('the proof', () => {
  it('finds nothing where everything went through the application', async () => {
    const bench = await openReviewed();
    for (const proof of [createFormStateProof(), createFreezeProof(), createSignatureProof()])
      expect(problems(bench, proof)).toEqual([]);
  });

  it('of form states reads an older trail, in which a complete form was opened again for entry', async () => {
    const bench = await openReviewed();
    const { site, user: person, role } = bench.services.session.authorise('signed-in');
    const place = { subject, event: 'N3', form: 'NIGHT' };
    await bench.call('subjects.unfreeze', { subject, reason: 'A night is missing' });
    await save(bench, place, {
      ...{ night_bed: '2024-03-03 23:00', night_up: '2024-03-04 06:30', night_wakes: '3' },
    });
    await bench.call('forms.complete', place);
    alter(bench, `UPDATE form SET state = 'in-progress' WHERE event = 'N3'`);
    const stamp = site.trail.stamp({ user: person, role }, { at: Date.now(), offsetMinutes: 0 });
    const detail = { from: 'complete', to: 'in-progress' };
    const reopened = auditEvent(stamp, 'form.reopened', { ...place, reason: 'A page was forgotten', detail });
    site.trail.append([reopened]);
    expect(problems(bench, createFormStateProof())).toEqual([]);
    expect(sentence({ seq: 1, ...reopened }, site.model, 'en')).toContain('was opened again for entry');
  });

  it('of form states names a form whose state was set from outside', async () => {
    const bench = await openReviewed();
    alter(bench, `UPDATE form SET state = 'locked' WHERE event = 'N1'`);
    expect(problems(bench, createFormStateProof())).toEqual([
      'The state of form NIGHT in N1 of subject 01-S01 is not what the trail gives.',
    ]);
  });

  it.each([
    [`UPDATE signature SET printed_name = 'Dr Who' WHERE id = 1`],
    [`UPDATE signature SET at = at - 1 WHERE id = 1`],
    [`UPDATE signature SET meaning = 'approved' WHERE id = 1`],
    [`UPDATE signature SET trail_seq = 1000 WHERE id = 1`],
  ])('of signatures names one after %s', async (sql) => {
    const bench = await openReviewed();
    alter(bench, sql);
    expect(problems(bench, createSignatureProof())).toContain(
      'Signature 1 of subject 01-S01 is not what the trail gives.',
    );
  });

  it('of signatures names one that was taken out, and one that was put in', async () => {
    const bench = await openReviewed();
    alter(bench, `UPDATE signature SET id = 9 WHERE id = 2`);
    expect(problems(bench, createSignatureProof())).toEqual([
      'Signature 9 of subject 01-S01 is not what the trail gives.',
      'Signature 2 is in the trail and not stored.',
    ]);
  });

  it('of signatures names one whose content was altered without an entry', async () => {
    const bench = await openReviewed();
    alter(bench, `UPDATE value SET text = '9', number = 9 WHERE text = '4'`);
    expect(problems(bench, createSignatureProof())).toEqual(
      [2, 3].map(
        (id) =>
          `What signature ${String(id)} of subject 01-S01 covers was changed, and no entry of the trail explains it.`,
      ),
    );
  });

  it.each([
    [`UPDATE freeze SET lifted_at = 5 WHERE lifted_at IS NULL`, 'Freeze 3, of subject 01-S01, is'],
    [`UPDATE freeze SET reason = 'Other' WHERE id = 2`, 'Freeze 2, of the site, is'],
    [`DELETE FROM freeze WHERE id = 3`, 'Freeze 3, of subject 01-S01, is'],
  ])('of freezes names one after %s', async (sql, named) => {
    const bench = await openReviewed();
    alter(bench, sql);
    expect(problems(bench, createFreezeProof())).toEqual([`${named} not what the trail gives.`]);
  });
});
