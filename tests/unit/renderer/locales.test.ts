import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusals } from '../../../electron/refusals.ts';
import en from '../../../renderer/locales/en.json' with { type: 'json' };
import fr from '../../../renderer/locales/fr.json' with { type: 'json' };

const folder = path.resolve(import.meta.dirname, '../../../renderer');

interface Words {
  readonly [key: string]: string | Words;
}

function leaves(words: Words, before = ''): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${before}${key}`, value] as const] : leaves(value, `${before}${key}.`),
  );
}
function sources(): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:ts|vue)$/u.test(file),
  );
  return files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
}
/** Keys that the write path refuses with: refuse('code', 'key', …). */
function planRefusals(): readonly string[] {
  const shared = path.resolve(folder, '../shared');
  const files = [
    'plan-save.ts',
    ...readdirSync(path.join(shared, 'plan-save')).map((file) => `plan-save/${file}`),
  ];
  const source = files.map((file) => readFileSync(path.join(shared, file), 'utf8')).join('\n');
  return [...source.matchAll(/refuse\w*\(\s*'[a-z-]+',\s*'([a-z-]+)'/gu)].map((match) => match[1] ?? '');
}
function parameters(words: string): readonly string[] {
  return [...new Set([...words.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? ''))].sort();
}

const english = new Map(leaves(en));
const french = new Map(leaves(fr));

describe('the words of the window', () => {
  it('have the same keys in English and French', () => {
    expect([...french.keys()]).toEqual([...english.keys()]);
  });

  it('speak of the same things in both', () => {
    const differing = [...english].filter(
      ([key, words]) => parameters(words).join() !== parameters(french.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it('are all used', () => {
    const source = sources();
    // A key is used as it stands, or by a template that ends in a variable: t(`face.${face}`).
    const templates = [...source.matchAll(/t\(\s*`([^`]*)`/gu)].map((match) => patternOf(match[1] ?? ''));
    const isUsed = (key: string): boolean =>
      key.startsWith('refusal.') ||
      source.includes(`'${key}'`) ||
      templates.some((pattern) => pattern.test(key));
    expect([...english.keys()].filter((key) => !isUsed(key))).toEqual([]);
  });

  it('exist wherever they are asked for', () => {
    const asked = [...sources().matchAll(/\$?\bt\(\s*'([a-z][A-Za-z]*\.[A-Za-z.-]+)'/gu)].map(
      (match) => match[1] ?? '',
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !english.has(key))).toEqual([]);
  });

  it('have a sentence for every refusal that a person at the window can meet', () => {
    // These are of the command line, or of calls that the window never makes.
    const elsewhere =
      /^(?:line-|copy-scope|copy-crf|copy-page|password-needed|new-passwords?-|user-needed|unknown-method|foreign-sender|not-available)/u;
    const keys = [...Object.keys(refusals), ...planRefusals()].filter((key) => !elsewhere.test(key));
    expect(keys.length).toBeGreaterThan(60);
    expect(keys.filter((key) => !english.has(`refusal.${key}`))).toEqual([]);
  });

  it('blame nobody and beg nobody', () => {
    expect(
      [...english.values()].filter((words) => /\b(?:please|we|our|invalid|sorry|oops)\b/iu.test(words)),
    ).toEqual([]);
    expect(
      [...french.values()].filter((words) => /\b(?:veuillez|nous|notre|invalide|désolé)\b/iu.test(words)),
    ).toEqual([]);
  });
});

function patternOf(template: string): RegExp {
  const escaped = template.split(/\$\{[^}]*\}/u).map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  return new RegExp(`^${escaped.join('[\\w-]+')}$`, 'u');
}
