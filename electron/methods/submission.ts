/** Handing over, for the window: the handlers of shared/contract/submission.ts. */
import path from 'node:path';
import type { submissionContract, SubmissionDesk } from '#shared/contract/submission.ts';
import type { Clock } from '../clock.ts';
import type { Handlers } from '../dispatch.ts';
import type { Host } from '../services.ts';
import type { BundleDesk } from '../services/bundle/bundle-desk.ts';
import { ensureRecipient, ensureSigningKey, signingKey } from '../services/bundle/own-keys.ts';
import { addRecipient, recipientsOf, removeRecipient } from '../services/bundle/recipients.ts';
import type { RehearsalService } from '../services/submission/rehearsal.ts';
import type { Site } from '../services/site.ts';
import { by } from './by.ts';

export interface SubmissionOutside {
  readonly clock: Clock;
  readonly bundles: BundleDesk;
  readonly rehearsal: RehearsalService;
  readonly host: Pick<Host, 'chooseBundle'>;
}

export function submissionHandlers({
  clock,
  bundles,
  rehearsal,
  host,
}: SubmissionOutside): Pick<Handlers, keyof typeof submissionContract> {
  const deskOf = ({ db }: Site): SubmissionDesk => ({ signer: signingKey(db), recipients: recipientsOf(db) });
  return {
    'submission.rehearse': by(({ unsigned }, actor) => rehearsal.rehearse(actor, unsigned)),
    'submission.desk': by((_, { site }) => deskOf(site)),
    'submission.addRecipient': by((input, actor) => {
      addRecipient(actor, clock, input);
      return deskOf(actor.site);
    }),
    'submission.removeRecipient': by(({ key }, actor) => {
      removeRecipient(actor, clock, key);
      return deskOf(actor.site);
    }),
    'submission.signingKey': by((_, actor) => {
      ensureSigningKey(actor, clock);
      return deskOf(actor.site);
    }),
    'submission.ownRecipient': by((_, actor) => ({ recipient: ensureRecipient(actor, clock) })),
    'submission.chooseFile': by(async (_, { site }) => {
      const file = await host.chooseBundle(bundles.suggestedName(site));
      if (file === null) return null;
      bundles.allow(file);
      return { file };
    }),
    'submission.bundle': by(({ file }, actor) =>
      bundles.startAllowed({ actor, file: path.normalize(file), to: [] }),
    ),
    'submission.status': by(({ job }, { site }) => bundles.status(site, job)),
    'submission.cancel': by(({ job }, { site }) => {
      bundles.cancel(site, job);
      return null;
    }),
  };
}
