// Writes the entries of every study's replica: shared/studies/STUDY/replica/children.jsonl, from generate.ts beside it.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const studies = path.join(import.meta.dirname, '..', 'shared', 'studies');

for (const study of readdirSync(studies)) {
  const folder = path.join(studies, study, 'replica');
  const generator = path.join(folder, 'generate.ts');
  if (!existsSync(generator)) continue;
  const { generate } = await import(pathToFileURL(generator).href);
  writeFileSync(path.join(folder, 'children.jsonl'), generate());
}
