/** casebook and crf: copies as one HTML page. The PDF with its page margins is Chromium's work and made in the window. */
import path from 'node:path';
import type { CopyOrder } from '#shared/contract/copies.ts';
import type { Language } from '#shared/study.ts';
import { refuse } from '../app-error.ts';
import { signIn, type Command, type CommandContext } from './context.ts';

export const casebook: Command = async (context) => {
  const { subject, event, all, history } = context.options;
  if ((subject === undefined) === (all === undefined)) throw refuse('copy-scope-needed');
  if (event !== undefined && subject === undefined) throw refuse('copy-scope-needed');
  return write(context, {
    kind: 'casebook',
    ...{ subject: subject ?? null, event: event ?? null },
    history: history !== undefined,
  });
};

export const crf: Command = async (context) => {
  const { blank, annotated } = context.options;
  if ((blank === undefined) === (annotated === undefined)) throw refuse('copy-crf-needed');
  return write(context, { kind: blank === undefined ? 'annotated-crf' : 'blank-crf' });
};

async function write(context: CommandContext, order: CopyOrder): Promise<0> {
  const { services, options, output, asJson, workingFolder } = context;
  const language = languageOf(options.language);
  const file = path.resolve(workingFolder, options.out ?? '');
  services.copies.requirePage(file);
  await signIn(context);
  const actor = services.session.authorise('copies.print');
  const written = await services.copies.writePage(actor, { order, language, file });
  const { bytes, sha256, head } = written;
  if (asJson) await output.json({ file, bytes, sha256, seq: head.seq, head: head.hash });
  else {
    await output.message(
      `Written to ${file} as a page to print; a PDF with its margins is made in the window.`,
    );
    await output.text(`trail entry ${String(head.seq)}, head ${head.hash}\nSHA-256 ${sha256}\n`);
  }
  return 0;
}

function languageOf(language: string | undefined): Language {
  if (language === undefined || language === 'en' || language === 'fr') return language ?? 'en';
  throw refuse('not-available', { what: `The language ${language}` });
}
