/** Everything that the pack says, before it is laid out as a page and as a workbook. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../shared/audit/canonical-json.ts';
import { readStudyFolder } from '../../electron/services/studies.ts';
import { readRequirements } from './requirements.ts';
import type { TestResult } from './results.ts';
import { judge, type Verdict } from './verdicts.ts';

/** What a test counted: kills survived, faults injected, alterations found. */
export interface Figure {
  readonly name: string;
  readonly counts: readonly (readonly [string, number])[];
}

/** An edit check of the study with the children that prove it. */
export interface CheckEvidence {
  readonly check: string;
  readonly version: number;
  readonly severity: string;
  readonly rule: string;
  readonly source: string;
  readonly passed: number;
  readonly failed: number;
}

export interface Pack {
  readonly appVersion: string;
  readonly study: string;
  readonly fingerprint: string;
  /** UTC, ISO 8601. */
  readonly madeAt: string;
  readonly machine: string;
  readonly totals: { readonly passed: number; readonly failed: number };
  readonly verdicts: readonly Verdict[];
  readonly figures: readonly Figure[];
  readonly checks: readonly CheckEvidence[];
}

export function makePack(root: string, results: readonly TestResult[], madeAt: Date): Pack {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
  const study = readStudyFolder(path.join(root, 'shared', 'studies', 'anakinra-misc'));
  const passed = results.filter((result) => result.passed).length;
  return {
    appVersion: version,
    study: `${study.id} ${study.version}`,
    fingerprint: createHash('sha256').update(canonicalJson(study)).digest('hex'),
    madeAt: madeAt.toISOString(),
    machine: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
    totals: { passed, failed: results.length - passed },
    verdicts: judge(readRequirements(path.join(root, 'tests', 'validation')), results),
    figures: readFigures(path.join(root, 'test-results', 'figures')),
    checks: study.checks.map(({ id, version: of, severity, rule, source }) => {
      const own = results.filter(
        ({ file, name }) =>
          file === `tests/unit/studies/${study.id}/checks.test.ts` && name.startsWith(`${id} `),
      );
      const held = own.filter((result) => result.passed).length;
      return {
        ...{ check: id, version: of, severity, rule: rule.en, source },
        ...{ passed: held, failed: own.length - held },
      };
    }),
  };
}

const Counts: z.ZodType<Counts> = z.record(z.string(), z.union([z.number(), z.lazy(() => Counts)]));
interface Counts {
  readonly [what: string]: number | Counts;
}

/** Each file is one object of counts, some of them by kind. */
function readFigures(folder: string): readonly Figure[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const counts = Counts.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
      return { name: path.basename(file, '.json'), counts: inLine(counts, []) };
    });
}

function inLine(counts: Counts, above: readonly string[]): readonly (readonly [string, number])[] {
  return Object.entries(counts).flatMap(([what, count]) =>
    typeof count === 'number'
      ? [[[...above, what].join(', '), count] as const]
      : inLine(count, what === 'kinds' ? above : [...above, what]),
  );
}
