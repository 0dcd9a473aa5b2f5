/** bundle and keys: what a site hands over to a pooling centre on a stick, and the keys of both. */
import path from 'node:path';
import { AppError, refuse } from '../app-error.ts';
import { requireFullSight } from '../services/blindness.ts';
import { requireBundlePath } from '../services/bundle/bundle-desk.ts';
import { call, signIn, type Command } from './context.ts';
import { toTable } from './output.ts';

export const bundle: Command = async (context) => {
  const { services, options, output, asJson, workingFolder } = context;
  const file = path.resolve(workingFolder, options.out ?? '');
  requireBundlePath(file);
  await signIn(context);
  const actor = services.session.authorise('exports.run');
  requireFullSight(actor);
  const to = options.to?.split(',') ?? [];
  const status = await services.bundles.run({ actor, file, to });
  if (status.state === 'failed') throw new AppError(status.error);
  if (status.state !== 'done') throw refuse('cancelled');
  const { bundle: made } = status;
  if (asJson) {
    await output.json(made);
    return 0;
  }
  const rows = made.files.map(({ name, bytes, sha256 }) => [name, String(bytes), sha256]);
  await output.text(
    `${toTable(['file', 'bytes', 'sha256'], rows)}\n${made.file}\nSHA-256 ${made.sha256}, ${String(made.bytes)} bytes\nfor ${made.recipients.join(', ')}\nsigned with ${made.signer.publicKey}, fingerprint ${made.signer.fingerprint}\nentry ${String(made.seq)} of the trail, head ${made.head}\n`,
  );
  return 0;
};

/** A pooling centre gives its sites the recipient's key; a site gives the pooling centre the one that it signs with. */
export const keys: Command = async (context) => {
  const { services, options, output, asJson } = context;
  await signIn(context);
  if (options.signing === undefined) {
    const own = await call(services, 'submission.ownRecipient', {});
    if (asJson) await output.json(own);
    else await output.text(`${own.recipient}\n`);
    return 0;
  }
  const { signer } = await call(services, 'submission.signingKey', {});
  if (asJson) await output.json(signer);
  else await output.text(`${signer?.publicKey ?? ''}\nfingerprint ${signer?.fingerprint ?? ''}\n`);
  return 0;
};
