/** pool push: loads what a folder holds into a data centre's own engine. */
import path from 'node:path';
import { refuse } from '../app-error.ts';
import { requireFullSight } from '../services/blindness.ts';
import type { PushTarget } from '../services/push/push-desk.ts';
import { signIn, type Command, type CommandContext } from './context.ts';
import { toTable } from './output.ts';

export const push: Command = async (context) => {
  const { services, operands, output, asJson } = context;
  if (operands.length !== 1) throw refuse('push-target-needed');
  const target = targetOf(context);
  await signIn(context);
  const actor = services.session.authorise('exports.run');
  requireFullSight(actor);
  const { outcome, state, place } = await services.pushes.run(actor, target, () => undefined);
  const isUnchanged = outcome.kind === 'unchanged';
  const tables = isUnchanged ? [] : outcome.tables;
  if (asJson) {
    const { exportId, head, cutAt, values } = state;
    await output.json({ place, unchanged: isUnchanged, exportId, head, cutAt, values, tables });
    return 0;
  }
  if (isUnchanged) {
    await output.text(
      `Nothing was changed: the ${nameOf(target, place)} holds this state already (export ${state.exportId}).\n`,
    );
    return 0;
  }
  const rows = tables.map(({ name, rows: count }) => [name, String(count)]);
  await output.text(
    `${toTable(['table', 'rows'], rows)}\n${String(state.values)} values in the ${nameOf(target, place)}\nexport ${state.exportId}\nhead of the trail ${state.head}\n`,
  );
  return 0;
};

function nameOf({ kind }: PushTarget, place: string): string {
  return kind === 'postgres' ? place : `folder ${place}`;
}

function targetOf({ options, workingFolder }: CommandContext): PushTarget {
  const { postgres, parquet, schema } = options;
  const mayOverwrite = options.overwrite !== undefined;
  if (postgres !== undefined && parquet === undefined)
    return { kind: 'postgres', url: postgres, schema: schema ?? null, mayOverwrite };
  if (parquet !== undefined && parquet !== '' && postgres === undefined && schema === undefined)
    return { kind: 'parquet', folder: path.resolve(workingFolder, parquet), mayOverwrite };
  throw refuse('push-target-needed');
}
