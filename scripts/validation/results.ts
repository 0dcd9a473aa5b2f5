/** What the runners reported, as one list of tests with their outcome. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export interface TestResult {
  readonly runner: 'unit' | 'crash' | 'e2e';
  /** Path from the project's folder, with slashes. */
  readonly file: string;
  /** Groups and title in one line. */
  readonly name: string;
  readonly passed: boolean;
}

const Vitest = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

interface Suite {
  readonly title: string;
  readonly file: string;
  readonly specs: readonly { readonly title: string; readonly ok: boolean }[];
  readonly suites?: readonly Suite[] | undefined;
}
const Suite: z.ZodType<Suite> = z.object({
  title: z.string(),
  file: z.string(),
  specs: z.array(z.object({ title: z.string(), ok: z.boolean() })),
  suites: z.array(z.lazy(() => Suite)).optional(),
});
const Playwright = z.object({ suites: z.array(Suite) });

/** Kills, one kind of work at a time. */
const Crash = z.object({
  passed: z.int(),
  failed: z.int(),
  kinds: z.array(z.object({ title: z.string(), failed: z.int() })).default([]),
});

/** null when a runner left no report: then nothing can be said of the whole. */
export function readResults(root: string): readonly TestResult[] | null {
  const reports = path.join(root, 'test-results');
  const read = (name: string): unknown => {
    const file = path.join(reports, `${name}.json`);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  };
  const [unit, crash, e2e] = ['unit', 'crash', 'e2e'].map(read);
  if (unit === null || crash === null || e2e === null) return null;
  return [
    ...ofVitest(Vitest.parse(unit), root),
    ...ofCrash(Crash.parse(crash)),
    ...Playwright.parse(e2e).suites.flatMap((suite) => ofSuite(suite, [])),
  ];
}

function ofVitest({ testResults }: z.infer<typeof Vitest>, root: string): readonly TestResult[] {
  return testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      runner: 'unit' as const,
      file: path.relative(root, file).replaceAll(path.sep, '/'),
      name: fullName,
      passed: status === 'passed',
    })),
  );
}

function ofCrash({ passed, failed, kinds }: z.infer<typeof Crash>): readonly TestResult[] {
  const common = { runner: 'crash', file: 'tests/crash/sigkill.mjs' } as const;
  const all = { ...common, name: `${String(passed + failed)} kills`, passed: failed === 0 && passed > 0 };
  return [all, ...kinds.map((kind) => ({ ...common, name: kind.title, passed: kind.failed === 0 }))];
}

function ofSuite(suite: Suite, above: readonly string[]): readonly TestResult[] {
  // The outermost suite is the file itself.
  const groups = suite.title === suite.file ? above : [...above, suite.title];
  return [
    ...suite.specs.map(({ title, ok }) => ({
      runner: 'e2e' as const,
      file: `tests/e2e/${suite.file}`,
      name: [...groups, title].join(' '),
      passed: ok,
    })),
    ...(suite.suites ?? []).flatMap((inner) => ofSuite(inner, groups)),
  ];
}
