/** What is chosen for an export on the command line: a preset or the whole site, changed by the options that are given. */
import { ExportWish, wholeWorkbook, type Deidentification } from '#shared/export-choices.ts';
import { refuse } from '../app-error.ts';
import type { Options } from './arguments.ts';

/** Direct identifiers go in any case; this is the rest, unless it is said otherwise. */
const strictest: Deidentification = {
  dates: 'shifted',
  freeText: 'removed',
  subjects: 'replaced',
  oldestAge: null,
};

export function readWish(options: Options, presetOf: (name: string) => ExportWish): ExportWish {
  const { preset, scope, subjects, forms, cut, submission } = options;
  const { formats, choices } = preset === undefined ? wholeWorkbook : presetOf(preset);
  const read = ExportWish.safeParse({
    formats,
    choices: {
      ...choices,
      ...(scope === undefined ? {} : { scope }),
      ...(subjects === undefined ? {} : { subjects: list(subjects) }),
      ...(forms === undefined ? {} : { forms: list(forms) }),
      ...(cut === undefined ? {} : { cutAt: cut }),
      ...(submission === undefined ? {} : { submission: true }),
      deidentification: deidentificationOf(options, choices.deidentification),
    },
  });
  if (read.success) return read.data;
  const option = optionOf[String(read.error.issues[0]?.path.at(-1) ?? '')] ?? 'preset';
  throw refuse('export-option-unfit', { option: `--${option}`, value: options[option] ?? '' });
}

function deidentificationOf(options: Options, preset: Deidentification | null): unknown {
  const { deidentify, 'free-text': freeText, 'oldest-age': oldestAge } = options;
  if (deidentify === undefined && preset === null) {
    const stray = (['free-text', 'keep-numbers', 'oldest-age'] as const).find(
      (option) => options[option] !== undefined,
    );
    if (stray !== undefined) throw refuse('export-option-alone', { option: `--${stray}` });
    return null;
  }
  return {
    ...(preset ?? strictest),
    ...(deidentify === undefined ? {} : { dates: deidentify }),
    ...(freeText === undefined ? {} : { freeText }),
    ...(options['keep-numbers'] === undefined ? {} : { subjects: 'kept' }),
    ...(oldestAge === undefined ? {} : { oldestAge: Number(oldestAge) }),
  };
}

/** Where each part of the choices comes from. */
const optionOf: Readonly<Record<string, keyof Options>> = {
  scope: 'scope',
  subjects: 'subjects',
  forms: 'forms',
  cutAt: 'cut',
  dates: 'deidentify',
  freeText: 'free-text',
  oldestAge: 'oldest-age',
};

function list(text: string): readonly string[] {
  return text.split(',').map((part) => part.trim());
}
