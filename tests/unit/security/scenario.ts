/**
 * What takes several people, or a form in a state that no single call leaves: reviewed, signed and locked forms, second entries
 * decided, given back and under way, a kept mapping. For a site whose anne has every role, and on which nobody else is.
 */
import type { MethodInput, MethodName } from '#shared/bridge.ts';
import { wholeWorkbook } from '#shared/export-choices.ts';
import { ImportMapping } from '#shared/import-mapping.ts';
import { readMoment } from '../../../electron/clock.ts';
import { drawPseudonyms } from '../../../electron/services/export-choices/pseudonyms.ts';
import { keepMapping } from '../../../electron/services/import/mappings.ts';
import {
  addPerson,
  anne,
  bea,
  become,
  dora,
  nightAnswers,
  setShare,
  toChanges,
  type Answers,
} from '../services/double-entry.ts';
import { signing } from '../services/reviewed-subject.ts';
import type { Bench } from '../services/workbench.ts';

const signed = { subject: '01-S04', event: 'N1', form: 'NIGHT' } as const;
const twice = { subject: '01-S03', event: 'N1', form: 'NIGHT' } as const;
const returned = { ...twice, event: 'N2' } as const;
const samples = { subject: '01-S03', event: 'JOURNAL', form: 'SAMPLE' } as const;
/** No check asks anything about it, so that it can be verified. */
const quietAnswers: Answers = {
  night_bed: '2024-03-01 23:00',
  night_up: '2024-03-02 06:30',
  night_wakes: '3',
};
const sampleAnswers = {
  ...{ sample_at: '2024-03-01T22:00', sample_assay: 'mel' },
  ...{ sample_value: '35', sample_unit: 'ng/L' },
};

/** Gives the name of each method after it was accepted. */
export async function* playScenario(bench: Bench): AsyncGenerator<MethodName> {
  const does = async <M extends MethodName>(method: M, input: MethodInput<M>): Promise<M> => {
    bench.clock.pass(1000);
    await bench.call(method, input);
    return method;
  };
  const complete = async (
    place: typeof signed | typeof twice | typeof returned,
    answers: Answers,
  ): Promise<MethodName> => {
    await does('forms.save', { ...place, changes: toChanges(answers) });
    return does('forms.complete', place);
  };

  yield does('subjects.enrol', { subject: signed.subject });
  yield complete(signed, quietAnswers);
  yield does('forms.verify', signed);
  yield does('forms.unverify', { ...signed, reason: 'Verified too early' });
  yield does('forms.verify', signed);
  yield does('signatures.sign', await signing(bench, signed));
  yield does('forms.lock', signed);
  yield does('forms.unlock', { ...signed, reason: 'The laboratory sent a correction' });
  yield does('subjects.freeze', { subject: signed.subject, reason: 'Cut for the analysis' });

  await addPerson(bench, bea, ['data-entry']);
  await addPerson(bench, dora, ['data-manager']);
  setShare(bench, 1);
  yield does('subjects.enrol', { subject: twice.subject });
  yield complete(twice, nightAnswers);
  yield complete(returned, nightAnswers);
  yield does('forms.save', {
    ...samples,
    changes: [...toChanges(sampleAnswers), ...toChanges(sampleAnswers, 2)],
  });
  yield does('forms.complete', samples);

  await become(bench, bea);
  yield does('second.begin', twice);
  const differing = { ...nightAnswers, night_wakes: '73', night_temp: '19' };
  yield does('second.save', { ...twice, changes: toChanges(differing) });
  yield does('second.complete', twice);
  yield does('second.begin', returned);
  yield does('second.save', { ...returned, changes: toChanges({ night_wakes: '3' }) });
  yield does('second.giveBack', returned);
  yield does('second.begin', samples);
  yield does('second.save', { ...samples, changes: toChanges(sampleAnswers) });
  yield does('second.save', { ...samples, changes: toChanges(sampleAnswers, 2) });
  yield does('second.removeRow', { ...samples, group: 'SAMPLE', row: 2 });

  await become(bench, dora);
  yield does('second.compare', twice);
  yield does('second.decide', { ...twice, position: 1, which: 'second', reason: 'Source seen' });

  await become(bench, anne);
  const asked = { ...twice, row: 1, item: 'night_wakes' };
  const { id } = await bench.call('queries.open', { ...asked, text: 'As often as that?' });
  yield does('queries.answer', { subject: twice.subject, query: id, text: 'The patient says so.' });
  saveMapping(bench);
  yield does('exports.savePreset', { name: 'Whole site', wish: wholeWorkbook });
  drawStandIns(bench);
}

/** As the order of a de-identified export does. */
function drawStandIns(bench: Bench): void {
  const actor = bench.services.session.authorise('signed-in');
  actor.site.db
    .transaction(() => {
      drawPseudonyms(actor, readMoment(bench.clock));
    })
    .immediate();
}

/** As a run of an import does, in its transaction. */
function saveMapping(bench: Bench): void {
  const actor = bench.services.session.authorise('signed-in');
  const mapping = ImportMapping.parse({
    ...{ cahierMapping: 1, name: 'Sheet of the ward', study: actor.site.model.study.id },
    tables: [{ subject: { column: 'Patient' }, columns: [{ column: 'Wakes', item: 'night_wakes' }] }],
  });
  actor.site.db.transaction(() => keepMapping(actor, mapping, readMoment(bench.clock))).immediate();
}
