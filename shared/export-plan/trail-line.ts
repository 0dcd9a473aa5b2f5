/** An entry of the trail as sheets look at it: old and new value in their parts. */
export interface TrailValue {
  readonly text: string | null;
  readonly relation: string | null;
  readonly unit: string | null;
  readonly missing: string | null;
}

export const noValue: TrailValue = { text: null, relation: null, unit: null, missing: null };

export interface TrailEntry {
  readonly seq: number;
  /** What the file calls it: its `seq`, or a number of the file's own. */
  readonly shown: number;
  /** UTC milliseconds. Time and person are null where a de-identified export leaves them out. */
  readonly at: number | null;
  readonly user: string | null;
  readonly role: string;
  readonly action: string;
  readonly origin: string;
  readonly subject: string | null;
  readonly event: string | null;
  readonly form: string | null;
  readonly row: number | null;
  readonly item: string | null;
  readonly reason: string | null;
  /** JSON. */
  readonly detail: string | null;
}

export interface TrailLine {
  readonly entry: TrailEntry;
  readonly before: TrailValue;
  readonly after: TrailValue;
}

export function isBlank({ text, missing }: TrailValue): boolean {
  return text === null && missing === null;
}

export function isSame(one: TrailValue, other: TrailValue): boolean {
  return (
    one.text === other.text &&
    one.relation === other.relation &&
    one.unit === other.unit &&
    one.missing === other.missing
  );
}

/** What an entry says beside its value; nothing where it says nothing that can be read. */
export function detailOf({ detail }: Pick<TrailEntry, 'detail'>): Readonly<Record<string, unknown>> {
  if (detail === null) return {};
  const read: unknown = JSON.parse(detail);
  // The trail writes flat records there; the database holds nothing else in that column.
  return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
}

export function isoUtc(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
