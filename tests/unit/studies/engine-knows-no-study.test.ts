import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStudyFiles } from '../../../electron/study-files.ts';
import { anakinra, root, sleepDiary } from './folders.ts';

const sources = ['electron', 'renderer', 'shared', 'migrations', 'scripts']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join(folder, file),
    ),
  )
  .filter(
    (file) => /\.(ts|vue|mjs|sql|json)$/u.test(file) && !file.startsWith(path.join('shared', 'studies')),
  );

/** Names of a study as they would stand in code: quoted, or as a property. */
function namesOf(folder: string): ReadonlySet<string> {
  const { study } = readStudyFiles(folder);
  if (study === null) throw new Error(`the study in ${folder} has faults`);
  const items = study.forms.flatMap((form) =>
    form.groups.flatMap((group) => group.items.map(({ id }) => id)),
  );
  return new Set([
    ...items,
    ...study.forms.map(({ id }) => id),
    ...study.checks.map(({ id }) => id),
    ...study.events.map(({ id }) => id),
  ]);
}

/** A comment may give an example. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<=^|\s)(?:\/\/|--).*$/gmu, '');
}

/** Names so short that they are also words of the code ("D", "AND") count only as a whole quoted text. */
function mentions(text: string, name: string): boolean {
  // A single letter stands for many things: the D of an ISO 8601 duration, say.
  if (name.length === 1) return false;
  if (name.length <= 4)
    return [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => text.includes(quoted));
  return new RegExp(`\\b${name}\\b`, 'u').test(text);
}

describe('code outside shared/studies', () => {
  it('is found', () => expect(sources.length).toBeGreaterThan(50));

  for (const folder of [anakinra, sleepDiary]) {
    it(`names no form, item, event or check of ${path.basename(folder)}`, () => {
      const names = namesOf(folder);
      const found = sources.flatMap((file) => {
        const text = withoutComments(readFileSync(path.join(root, file), 'utf8'));
        return [...names].filter((name) => mentions(text, name)).map((name) => `${file}: ${name}`);
      });
      expect(found).toEqual([]);
    });
  }
});
