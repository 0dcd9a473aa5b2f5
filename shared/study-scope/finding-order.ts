/** One order of findings on every path: event, form, group, row, item, then the item's own rules before checks. */
import type { Finding } from '../record.ts';
import type { StudyModel } from '../study-model.ts';

const ruleKinds = ['required', 'pattern', 'hard', 'soft', 'parked'];

export function sortFindings(model: StudyModel, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const keyed = findings.map((finding) => ({ finding, key: keyOf(model, finding) }));
  keyed.sort((a, b) => compare(a.key, b.key));
  return keyed.map(({ finding }) => finding);
}

function keyOf(model: StudyModel, finding: Finding): readonly number[] {
  const placed = model.item(finding.item);
  return [
    model.event(finding.event)?.order ?? 0,
    placed?.home.home.order ?? 0,
    placed?.home.position ?? 0,
    finding.row,
    placed?.order ?? 0,
    model.plan.byId.get(finding.check)?.order ??
      ruleKinds.indexOf(finding.check.slice(finding.check.lastIndexOf('.') + 1)) - ruleKinds.length,
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [position, one] of a.entries()) {
    const difference = one - (b[position] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
