/** pool: takes workbooks of sites into a pooled folder, made when it is not there yet; and the conflict book. */
import path from 'node:path';
import type { PoolFileOutcome } from '#shared/contract/pool.ts';
import { conflictChoices, conflictKinds, type Conflict } from '#shared/pool/conflict.ts';
import type { ItemValue } from '#shared/record.ts';
import { refuse } from '../app-error.ts';
import { errorOf } from '../services/pool/pool-desk.ts';
import { readConflicts } from '../services/pool/overview.ts';
import { isSite } from '../services/site-folder.ts';
import { push } from './push.ts';
import { call, siteFolder, signIn, type Command, type CommandContext } from './context.ts';
import { toTable } from './output.ts';

export const pool: Command = async (context) => {
  if (context.operands[0] === 'push') return push(context);
  const { services, operands, output, asJson, workingFolder } = context;
  const recoveryKey = await openPool(context);
  const actor = services.session.authorise('pool.receive');
  const files = operands.map((file) => path.resolve(workingFolder, file));
  const status = await services.pool.run(actor, files, (outcome) => {
    if (!asJson) void output.message(inWords(outcome));
  });
  const error = errorOf(status);
  if (error !== null) throw error;
  if (status.state === 'cancelled') throw refuse('cancelled');
  const { sites } = await call(services, 'pool.overview', {});
  const { counts } = await call(services, 'pool.conflicts', { offset: 0, limit: 1 });
  if (asJson) {
    const deliveries = status.outcomes.map(({ why, ...outcome }) => ({
      ...outcome,
      code: why?.code ?? null,
      message: why?.message ?? null,
    }));
    await output.json({
      deliveries,
      sites,
      conflicts: counts,
      ...(recoveryKey === null ? {} : { recoveryKey }),
    });
  } else {
    if (recoveryKey !== null)
      await output.text(`The pool was created.\n\nRecovery key:\n\n    ${recoveryKey}\n\n`);
    await output.text(
      toTable(
        ['site', 'name', 'subjects', 'values', 'forms complete', 'open hard', 'open soft', 'conflicts open'],
        sites.map((site) => [
          ...[site.code, site.name, String(site.subjects), String(site.values)],
          ...[`${String(site.formsComplete)} of ${String(site.formsStarted)}`],
          ...[String(site.openHard), String(site.openSoft), String(site.openConflicts)],
        ]),
      ),
    );
  }
  return status.outcomes.some(({ state }) => state === 'refused' || state === 'held') ? 1 : 0;
};

/** Gives the recovery key of a pool that was just made. */
async function openPool(context: CommandContext): Promise<string | null> {
  const { services, options } = context;
  const folder = siteFolder(context);
  if (isSite(folder)) {
    await signIn(context);
    return null;
  }
  const { user } = options;
  if (user === undefined) throw refuse('user-needed');
  const password = await context.password(`New password of ${user}: `);
  if (password === null) throw refuse('password-needed');
  const name = options['site-name'] ?? path.basename(folder);
  const { recoveryKey } = await call(services, 'pool.create', { folder, name, user, password });
  await call(services, 'session.signIn', { user, password });
  return recoveryKey;
}

function inWords({ file, state, site, why, ...counts }: PoolFileOutcome): string {
  if (why !== null) return why.message;
  if (state === 'unchanged') return `${file}: site ${site ?? ''}, nothing new.`;
  return `${file}: site ${site ?? ''}, ${String(counts.subjects)} subjects; ${String(counts.added)} values new, ${String(counts.changed)} changed, ${String(counts.withdrawn)} withdrawn; ${String(counts.conflicts)} entries in the conflict book.`;
}

export const conflicts: Command = async (context) => {
  const { services, options, output, asJson } = context;
  await signIn(context);
  const kind = conflictKinds.find((known) => known === options.kind);
  if (options.kind !== undefined && kind === undefined) throw refuse('conflict-choice-unfit');
  const site = options.site;
  if (options.decide !== undefined) {
    const choice = conflictChoices.find((known) => known === options.decide);
    if (choice === undefined) throw refuse('conflict-choice-unfit');
    if (options.reason === undefined) throw refuse('import-reason-needed');
    const which =
      options.id !== undefined ? { id: Number(options.id) } : kind === undefined ? null : { kind, site };
    if (which === null || ('id' in which && !Number.isInteger(which.id))) throw refuse('conflict-unknown');
    const { decided } = await call(services, 'pool.decide', {
      ...{ which, choice, reason: options.reason, value: options.value },
    });
    await (asJson ? output.json({ decided }) : output.text(`${String(decided)} decided.\n`));
    return 0;
  }
  await call(services, 'pool.conflicts', { offset: 0, limit: 1 });
  const { db } = services.session.authorise('subjects.read').site;
  const { rows } = readConflicts(db, { kind, site, offset: 0, limit: -1 });
  if (asJson) await output.json(rows);
  else
    await output.text(
      toTable(
        ['id', 'kind', 'site', 'place', 'pool', 'delivered', 'state', 'proposal', 'decision', 'by'],
        rows.map(cellsOf),
      ),
    );
  return 0;
};

function cellsOf(conflict: Conflict): readonly string[] {
  const { id, kind, site, pooled, incoming, state, proposal, decision, decidedBy } = conflict;
  return [
    ...[String(id), kind, site, placeOf(conflict), shown(pooled), shown(incoming)],
    ...[state, proposal, decision ?? '', decidedBy ?? ''],
  ];
}

function placeOf({ subject, event, form, row, item, other }: Conflict): string {
  const parts = [subject, event, form, row === null ? null : `row ${String(row)}`, item, other];
  return parts.filter((part) => part !== null).join(' ');
}

function shown(content: ItemValue | string | null): string {
  if (content === null) return '';
  if (typeof content === 'string') return content;
  const { relation, text, unit, missing } = content;
  return [relation === '=' ? null : relation, text, unit, missing].filter((part) => part !== null).join(' ');
}
