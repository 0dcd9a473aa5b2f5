// Loads modules of the application as prepare.ts left them, in this process and in the threads that it starts. A module
// that was changed since is left to Node.
import { readFileSync, statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(import.meta.dirname, '..', '..');

registerHooks({
  load: (url, context, nextLoad) => {
    const source = strippedSource(url);
    return source === null ? nextLoad(url, context) : { format: 'module', shortCircuit: true, source };
  },
});

/** @param {string} url @returns {string | null} */
function strippedSource(url) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return null;
  const file = fileURLToPath(url);
  const stripped = path.join(root, 'out', 'stripped', `${path.relative(root, file)}.js`);
  const made = statSync(stripped, { throwIfNoEntry: false });
  if (made === undefined || made.mtimeMs < statSync(file).mtimeMs) return null;
  return readFileSync(stripped, 'utf8');
}
