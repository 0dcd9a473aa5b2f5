/** The methods of shared/contract/workflow.ts. */
import type { workflow } from '#shared/contract/workflow.ts';
import type { SignedScope } from '#shared/signature.ts';
import { refuse } from '../app-error.ts';
import type { Clock } from '../clock.ts';
import type { Handlers } from '../dispatch.ts';
import { createFreezes } from '../services/freezes.ts';
import type { SessionService } from '../services/session.ts';
import { createSignatures } from '../services/signatures.ts';
import { createWorkflow, type PlainStep } from '../services/workflow.ts';
import { by } from './by.ts';

export function createWorkflowMethods(
  clock: Clock,
  session: Pick<SessionService, 'authorise' | 'confirmPerson' | 'noteSigned' | 'asksNameToSign'>,
): Pick<Handlers, keyof typeof workflow> {
  const moving = createWorkflow(clock);
  const signatures = createSignatures(clock);
  const freezes = createFreezes(clock);
  const step = (name: PlainStep) =>
    by((input: Asked, actor) => moving.move(actor, name, toScope(input), input.reason));
  return {
    'forms.verify': step('verify'),
    'forms.unverify': step('unverify'),
    'forms.lock': step('lock'),
    'forms.unlock': step('unlock'),
    'signatures.sign': by(async (input, before) => {
      const { user, password, meaning, savedAt } = input;
      await session.confirmPerson({ user, password });
      // Asking takes a while: the right may be gone, the session locked, or somebody else at the desk.
      const actor = session.authorise('forms.sign', 'work', 'signatures.sign');
      if (actor.site !== before.site || actor.user !== before.user) throw refuse('signed-out');
      const made = signatures.sign(actor, toScope(input), meaning, savedAt);
      session.noteSigned();
      return made;
    }),
    'signatures.list': by((input, actor) => signatures.list(actor, input)),
    'signatures.asksName': by(() => ({ asksName: session.asksNameToSign() })),
    'signatures.owed': by((_, actor) => signatures.owed(actor)),
    'subjects.freeze': by((input, actor) => freezes.freezeSubject(actor, input)),
    'subjects.unfreeze': by((input, actor) => freezes.unfreezeSubject(actor, input)),
    'site.freeze': by((input, actor) => freezes.freezeSite(actor, input)),
    'site.unfreeze': by((input, actor) => freezes.unfreezeSite(actor, input)),
  };
}

interface Asked {
  readonly subject: string;
  readonly event?: string | undefined;
  readonly form?: string | undefined;
  readonly reason?: string | undefined;
}

function toScope({ subject, event, form }: Asked): SignedScope {
  return { subject, event: event ?? null, form: form ?? null };
}
