// The walls between the layers are lint rules; a rule that matches nothing would be silent. Each line is
// an import that must be refused, or one that must not.
import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const WALL_RULES = new Set(['no-restricted-imports', 'no-restricted-globals', 'no-restricted-syntax']);
const root = path.resolve(import.meta.dirname, '..', '..', '..');
// The walls need no types, and reading them would cost a minute.
const withoutTypes = { languageOptions: { parserOptions: { project: null } } };
const eslint = new ESLint({
  cwd: root,
  overrideConfig: withoutTypes,
  ruleFilter: ({ ruleId }) => WALL_RULES.has(ruleId),
});

/** The walls that a line breaks when it stands in an existing file. */
async function broken(file: string, line: string): Promise<number> {
  const [result] = await eslint.lintText(`${line}\n`, { filePath: path.join(root, file) });
  expect(result?.messages.filter(({ fatal }) => fatal)).toEqual([]);
  return result?.messages.filter(({ ruleId }) => WALL_RULES.has(ruleId ?? '')).length ?? 0;
}

const SHARED = 'shared/study.ts';
const ELECTRON = 'electron/app-files.ts';
const WINDOW = 'electron/window.ts';
const RENDERER = 'renderer/main.ts';

describe('refuses', () => {
  test.each([
    [SHARED, "import '../electron/main.ts';"],
    [SHARED, "import 'node:fs';"],
    [SHARED, "import 'fs';"],
    [SHARED, "import 'vue';"],
    [SHARED, "import 'yaml';"],
    [SHARED, 'export const now = Date.now();'],
    [SHARED, 'export const now = new Date();'],
    [SHARED, 'export const n = Math.random();'],
    [SHARED, "console.log('x');"],
    [SHARED, 'export const env = process.env;'],
    [SHARED, "export const later = import('./units.ts');"],
    [ELECTRON, "import { app } from 'electron';"],
    [ELECTRON, "import log from 'electron-log/main';"],
    [ELECTRON, "import '../renderer/main.ts';"],
    [ELECTRON, "import 'vue';"],
    [WINDOW, "import '../renderer/main.ts';"],
    [RENDERER, "import '../electron/main.ts';"],
    [RENDERER, "import 'node:fs';"],
    [RENDERER, "import 'electron';"],
    [RENDERER, "import 'better-sqlite3';"],
  ])('%s: %s', async (file, line) => {
    expect(await broken(file, line)).toBeGreaterThan(0);
  });
});

describe('allows', () => {
  test.each([
    [SHARED, "import './units.ts';"],
    [SHARED, "import { z } from 'zod';"],
    [SHARED, "import '@bpmn-io/lezer-feel';"],
    [SHARED, 'export const day = new Date(0);'],
    [ELECTRON, "import '#shared/study.ts';"],
    [ELECTRON, "import 'node:fs';"],
    [ELECTRON, "import 'electron-log/node';"],
    [ELECTRON, "import './services/forms.ts';"],
    [WINDOW, "import { app } from 'electron';"],
    [RENDERER, "import '#shared/study.ts';"],
    [RENDERER, "import { ref } from 'vue';"],
    [RENDERER, "import './router.ts';"],
  ])('%s: %s', async (file, line) => {
    expect(await broken(file, line)).toBe(0);
  });
});
