/** A subject with two complete nights and a complete intake, and a person in every role who moves them on. */
import type { MethodInput } from '#shared/bridge.ts';
import { openBench, password, setRoles, user, type Bench } from './workbench.ts';

export const subject = '01-S01';
export const night = { subject, event: 'N1', form: 'NIGHT' };
export const secondNight = { subject, event: 'N2', form: 'NIGHT' };
export const intake = { subject, event: 'BASE', form: 'INTAKE' };
export const whole = { subject };
interface Scope {
  readonly subject: string;
  readonly event?: string;
  readonly form?: string;
}

export const save = (
  bench: Bench,
  place: typeof night,
  answers: Readonly<Record<string, string | null>>,
  reason?: string,
) =>
  bench.call('forms.save', {
    ...place,
    changes: Object.entries(answers).map(([item, value]) => ({
      ...{ row: 1, item, value },
      ...(reason === undefined ? {} : { reason }),
    })),
  });

export async function openCompleted(): Promise<Bench> {
  const bench = await openBench();
  setRoles(bench, user, ['coordinator', 'investigator', 'monitor', 'data-manager']);
  await bench.call('subjects.enrol', { subject });
  await save(bench, intake, {
    ...{ intake_born: '1990-02', intake_start: '2024-03-01', intake_shift: '0' },
  });
  for (const place of [night, secondNight])
    await save(bench, place, {
      night_bed: '2024-03-01 23:00',
      night_up: '2024-03-02 06:30',
      night_wakes: '3',
    });
  for (const place of [intake, night, secondNight]) await bench.call('forms.complete', place);
  return bench;
}

export async function sign(
  bench: Bench,
  scope: Scope,
  more: Partial<MethodInput<'signatures.sign'>> = {},
): Promise<void> {
  await bench.call('signatures.sign', await signing(bench, scope, more));
}

/** What the window would send. */
export async function signing(
  bench: Bench,
  scope: Scope,
  more: Partial<MethodInput<'signatures.sign'>> = {},
): Promise<MethodInput<'signatures.sign'>> {
  const { savedAt } = await bench.call('subjects.open', { subject: scope.subject });
  return { ...scope, meaning: 'reviewed', user, password, savedAt: savedAt ?? '-', ...more };
}

export async function openSigned(scope: Scope): Promise<Bench> {
  const bench = await openCompleted();
  await bench.call('forms.verify', scope);
  await sign(bench, scope);
  return bench;
}

export async function stateOf(bench: Bench, { subject: number, event, form }: typeof night): Promise<string> {
  const { record } = await bench.call('subjects.open', { subject: number });
  return record.forms.find((status) => status.event === event && status.form === form)?.state ?? 'empty';
}

/** "signature 1 valid", "signature 1 broken by N1 night_wakes". */
export async function validities(bench: Bench, number: string = subject): Promise<readonly string[]> {
  const { signatures } = await bench.call('signatures.list', { subject: number });
  return signatures.map(({ id, validity }) =>
    validity.state === 'valid'
      ? `${String(id)} valid`
      : `${String(id)} broken by ${validity.by.map(({ event, item }) => `${event} ${item}`).join(', ')}`,
  );
}
