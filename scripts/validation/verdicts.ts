/**
 * | a statement                                   | verdict     |
 * |-----------------------------------------------|-------------|
 * | is the site's own duty and nothing else       | procedural  |
 * | names no test, or one that is not in this run | not proved  |
 * | names a test that failed                      | failed      |
 * | else                                          | proved      |
 */
import type { Evidence, Requirement } from './requirements.ts';
import type { TestResult } from './results.ts';

export type VerdictKind = 'proved' | 'failed' | 'not proved' | 'procedural';

export interface Verdict {
  readonly requirement: Requirement;
  readonly kind: VerdictKind;
  readonly tests: readonly TestResult[];
  /** Named as evidence, and not in this run: renamed or removed since. */
  readonly absent: readonly Evidence[];
}

export function judge(
  requirements: readonly Requirement[],
  results: readonly TestResult[],
): readonly Verdict[] {
  const byFile = Map.groupBy(results, ({ file }) => file);
  return requirements.map((requirement) => {
    const found = requirement.tests.map((evidence) => ({
      evidence,
      tests: (byFile.get(evidence.file) ?? []).filter(({ name }) => name.includes(evidence.says ?? '')),
    }));
    const tests = [...new Set(found.flatMap((one) => one.tests))];
    const absent = found.filter((one) => one.tests.length === 0).map(({ evidence }) => evidence);
    return { requirement, kind: kindOf(requirement, tests, absent), tests, absent };
  });
}

function kindOf(
  { procedural }: Requirement,
  tests: readonly TestResult[],
  absent: readonly Evidence[],
): VerdictKind {
  if (procedural) return 'procedural';
  if (tests.some(({ passed }) => !passed)) return 'failed';
  return tests.length === 0 || absent.length > 0 ? 'not proved' : 'proved';
}
