/** What is entered of one child, in the order of entry: answers as a person types them, then what is confirmed. */

/** Item → what is typed. An item left out is not answered. */
export type Answers = Readonly<Record<string, string>>;

export interface Entries {
  /** Each list of answers is a row; the form is completed after its last one. */
  fill(event: string, form: string, ...rows: readonly Answers[]): void;
  /** A soft finding that the site looked at; confirmed at the end, when nothing it rests on changes any more. */
  confirm(place: Confirmed, reason: string): void;
  lines(): readonly string[];
}

export interface Confirmed {
  readonly event: string;
  readonly form: string;
  readonly row?: number;
  readonly item: string;
  readonly check: string;
}

export function createEntries(subject: string): Entries {
  const entered: string[] = [];
  const confirmed: string[] = [];
  return {
    fill: (event, form, ...rows) => {
      rows.forEach((answers, position) => {
        entered.push(
          JSON.stringify({
            ...{ subject, event, form },
            ...(position === 0 ? {} : { row: position + 1 }),
            answers,
            ...(position === rows.length - 1 ? { complete: true } : {}),
          }),
        );
      });
    },
    confirm: ({ event, form, row = 1, item, check }, reason) => {
      confirmed.push(JSON.stringify({ subject, event, form, row, item, check, confirm: reason }));
    },
    lines: () => [...entered, ...confirmed],
  };
}

/** A number as a French keyboard types it, to so many decimals: 31,5. */
export function typed(value: number, decimals = 0): string {
  return value.toFixed(decimals).replace('.', ',');
}

/** With the digits that it has: 0,35. */
export function localText(value: number): string {
  return String(value).replace('.', ',');
}

export function yes(answer: boolean): string {
  return answer ? '1' : '0';
}
