/**
 * QUERIES: every question that was ever asked, with what was said about it. Days are counted to the data cut, not to the
 * day of the export: two exports of one state are the same bytes.
 */
import { daysOpen, isOfApplication, type Query, type QueryMessage } from '../query.ts';
import { integer, text, type FilledColumn } from './sheet.ts';

export interface QueryLine {
  readonly query: Query;
  /** UTC milliseconds of the data cut. */
  readonly cutAt: number;
}

export const queryColumns: readonly FilledColumn<QueryLine>[] = [
  integer('QUERY', 9, ({ query }) => query.id),
  text('SUBJID', 12, ({ query }) => query.subject),
  text('VISIT', 8, ({ query }) => query.event),
  text('FORM', 8, ({ query }) => query.form),
  integer('REPEAT', 9, ({ query }) => query.row),
  text('ITEM', 16, ({ query }) => query.item),
  text('CHECK', 26, ({ query }) => query.check),
  integer('VERSION', 9, ({ query }) => query.checkVersion),
  text('SEVERITY', 12, ({ query }) => query.severity),
  text('MESSAGE_EN', 50, ({ query }) => query.message?.en),
  text('MESSAGE_FR', 50, ({ query }) => query.message?.fr),
  text('STATE', 12, ({ query }) => query.state),
  text('CLOSED_BY', 12, ({ query }) => query.closedBy),
  text('OPENED_UTC', 26, ({ query }) => told(query.openedAt)),
  text('CHANGED_UTC', 26, ({ query }) => told(query.changedAt)),
  integer('DAYS_OPEN', 11, ({ query, cutAt }) => (query.openedAt === '' ? null : daysOpen(query, cutAt))),
  integer('MESSAGES', 11, ({ query }) => query.messages.length),
  text('THREAD', 80, ({ query }) => query.messages.map((message) => said(query, message)).join('\n')),
];

/** Times, names and words that do not leave the site are empty. */
function told(text: string | null): string | null {
  return text === '' ? null : text;
}

/** "2021-11-03T14:20:03.000Z monitor Anne: opened: Was it measured?" */
function said(query: Query, message: QueryMessage): string {
  const by = isOfApplication(query, message)
    ? message.kind === 'opened'
      ? `check ${query.check ?? ''}`
      : 'application'
    : [message.role, message.user].filter((part) => part !== '').join(' ');
  const words = told(message.text);
  return [
    [message.at, by].filter((part) => part !== '').join(' '),
    message.kind,
    ...(words === null ? [] : [words]),
  ].join(': ');
}
