/** What fired, written down: where it is shown, what it says, and the values that it rests on. */
import type { RuleFinding } from '../item-rules.ts';
import type { Finding, UsedValue } from '../record.ts';
import type { PlacedCheck } from '../study-model.ts';
import { placeOfFinding } from './finding-place.ts';
import type { Frame } from './frame.ts';
import { placeOf } from './read-value.ts';
import { showMessage } from './shown-value.ts';

/** Runs the condition once more with a trace: only what fires pays for it. null when no form could show the finding. */
export function toFinding(placed: PlacedCheck, frame: Frame): Finding | null {
  const { check } = placed;
  const trace: UsedValue[] = [];
  placed.fires.read({ ...frame, trace });
  const used = distinctPlaces(trace);
  const place = placeOfFinding(placed, frame, used);
  if (place === null) return null;
  return {
    check: check.id,
    version: check.version,
    severity: check.severity,
    ...place,
    items: check.items.length > 0 ? check.items : [place.item],
    message: {
      en: showMessage(placed.message.en, frame, 'en'),
      fr: showMessage(placed.message.fr, frame, 'fr'),
    },
    rule: check.rule,
    source: check.source,
    convention: check.convention ?? false,
    used,
    status: 'open',
  };
}

export function ofRule(found: RuleFinding): Finding {
  return {
    check: `${found.placed.item.id}.${found.kind}`,
    version: 1,
    severity: found.severity,
    ...placeOf(found.row, found.placed),
    items: [found.placed.item.id],
    message: found.message,
    rule: found.rule,
    source: found.source,
    convention: found.convention,
    used: distinctPlaces(found.used),
    status: 'open',
  };
}

/** Each place once, where it was first looked at. */
export function distinctPlaces(trace: readonly UsedValue[]): readonly UsedValue[] {
  const seen = new Set<string>();
  return trace.filter((used) => {
    const key = `${used.event}|${used.form}|${String(used.row)}|${used.item}`;
    return !seen.has(key) && seen.add(key);
  });
}
