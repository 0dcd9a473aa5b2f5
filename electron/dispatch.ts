/**
 * The one way in for everything that is not this process: look up, parse, session, verb, call, envelope.
 * Nothing is thrown out of here: a refusal says what is so, a bug becomes a reference to the log.
 */
import type { z } from 'zod';
import {
  contract,
  type Envelope,
  type MethodInput,
  type MethodName,
  type MethodOutput,
} from '#shared/bridge.ts';
import { refuse, type AppError } from './app-error.ts';
import { toRefusal } from './db/disk-faults.ts';
import { requireSight } from './services/blindness.ts';
import type { SessionService, Use } from './services/session.ts';
import type { Actor, Site } from './services/site.ts';

/** `actor` is there for every method that names a verb. */
export type Handlers = {
  readonly [M in MethodName]: (
    input: MethodInput<M>,
    actor: Actor | null,
  ) => MethodOutput<M> | Promise<MethodOutput<M>>;
};
export type Dispatch = (method: unknown, input: unknown) => Promise<Envelope<unknown>>;

/** How a call is used, where it is not work. */
const useOf: Readonly<Partial<Record<MethodName, Use>>> = {
  // Asked for again and again while something runs: no sign that a person is there.
  'exports.status': 'polling',
  'submission.status': 'polling',
  'audit.verifyStatus': 'polling',
  'audit.watch': 'polling',
  'copies.status': 'polling',
  'backups.status': 'polling',
  'imports.status': 'polling',
  'pool.status': 'polling',
  // All that a session can do while a new password is due, beside what needs no session: status and sign-out.
  'session.changePassword': 'own-session',
  'session.lock': 'own-session',
};

export function createDispatch(
  handlers: Handlers,
  session: Pick<SessionService, 'authorise'>,
  fault: (where: string, error: unknown) => AppError,
  /** What was carried out is about to be told. */
  acknowledge: (site: Site) => void,
): Dispatch {
  return async (method, input) => {
    try {
      const name = lookUp(method);
      const { verb, input: schema } = contract[name];
      const parsed = parse(name, schema, input);
      const actor = verb === null ? null : session.authorise(verb, useOf[name], name);
      if (verb !== null && actor !== null) requireSight(name, verb, parsed, actor);
      // The schema just parsed is the one that the handler's input type is inferred from.
      const handle = handlers[name] as (input: unknown, actor: Actor | null) => unknown;
      const value = await handle(parsed, actor);
      if (actor !== null) acknowledge(actor.site);
      return { ok: true, value };
    } catch (error) {
      return { ok: false, error: (toRefusal(error) ?? fault(nameOf(method), error)).refusal };
    }
  };
}

/** What a log may say of it: the name of a method, never what else was sent in its place. */
function nameOf(method: unknown): string {
  return typeof method === 'string' && Object.hasOwn(contract, method) ? method : 'unknown method';
}

/** Own names of the contract only: "__proto__" and "constructor" are no methods. */
function lookUp(method: unknown): MethodName {
  if (typeof method !== 'string' || !Object.hasOwn(contract, method)) throw refuse('unknown-method');
  return method as MethodName; // an own key of the contract
}

function parse(method: MethodName, schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  // Paths name the places of the contract; what was sent stays out of the sentence.
  const path = parsed.error.issues[0]?.path.filter((key) => typeof key !== 'symbol').join('.') ?? '';
  throw refuse('invalid-input', { method, path: path === '' ? 'its top' : path.slice(0, 100) });
}
