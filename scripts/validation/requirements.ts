/** The statements that are held against the tests: text, clauses, and the tests that prove each. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const Evidence = z.strictObject({
  /** Path of the test file from the project's folder. */
  file: z.string(),
  /** What the full name of a test has to contain; without it, every test of the file. */
  says: z.string().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

const Requirement = z.strictObject({
  id: z.int().min(1),
  area: z.string(),
  statement: z.string(),
  /** Of the regulations and guidelines; `known`: from general knowledge, to be compared with the original. */
  clauses: z.string(),
  known: z.string().optional(),
  tests: z.array(Evidence).default([]),
  /** What no software can do: the site's own duty. */
  duty: z.string().optional(),
  /** Nothing but the duty: there is nothing that a test could prove. */
  procedural: z.boolean().default(false),
});
export type Requirement = z.infer<typeof Requirement>;

export function readRequirements(folder: string): readonly Requirement[] {
  const text = readFileSync(path.join(folder, 'requirements.yaml'), 'utf8');
  const read = z.array(Requirement).parse(parse(text));
  read.forEach(({ id, procedural, duty, tests }, index) => {
    if (id !== index + 1) throw new Error(`statement ${String(index + 1)} is missing or doubled`);
    if (procedural && (duty === undefined || tests.length > 0))
      throw new Error(`statement ${String(id)} is procedural: it names a duty and no test`);
  });
  return read;
}
