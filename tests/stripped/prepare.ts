/**
 * Before the tests: every module of the application, its types taken out, under out/stripped. Threads that tests start
 * run from there (load.mjs). Node takes types out with a WebAssembly program, one in each thread, and V8 can end the
 * whole process when it frees the code of one thread while another compiles its own: with thousands of short threads in
 * a run, that happens. The installed application is bundled and has no part in it.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '..', '..');
const folders = ['electron', 'shared'];

export default function prepare(): void {
  rmSync(path.join(root, 'out', 'stripped'), { recursive: true, force: true });
  for (const folder of folders)
    for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.ts') && !name.endsWith('.d.ts')) strip(path.join(folder, name));
}

function strip(file: string): void {
  const { outputText } = ts.transpileModule(readFileSync(path.join(root, file), 'utf8'), {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  const stripped = path.join(root, 'out', 'stripped', `${file}.js`);
  mkdirSync(path.dirname(stripped), { recursive: true });
  writeFileSync(stripped, outputText);
}
