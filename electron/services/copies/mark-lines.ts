/** Lines under a field: who wrote last, findings, queries, history; and the box of a signature. */
import type {
  CasebookChange,
  CasebookFinding,
  CasebookItem,
  CasebookQuery,
  CasebookSignature,
  Doing,
} from '#shared/casebook.ts';
import { showLocal, showStamp } from '#shared/casebook/moment.ts';
import { originWords, queryStateWords, roleWords, severityWords } from '#shared/casebook/words.ts';
import { sayOf, type CopyFacts } from './facts.ts';
import { escaped, grouped, rows, typed } from './markup.ts';

export function lastWords({ language }: CopyFacts, last: CasebookItem['last']): string {
  if (last === null) return '';
  const { origin, user } = last;
  const written = originWords[origin][language];
  // What the application wrote is not said to be the work of the person who was signed in.
  const by = origin === 'derivation' || origin === 'system' ? written : user;
  const how = origin === 'import' || origin === 'merge' || origin === 'second-entry' ? ` (${written})` : '';
  return escaped(`${by}${how} · ${showLocal(last, language)}`);
}

export function findingLine(
  facts: CopyFacts,
  finding: CasebookFinding,
  about: string | null,
  width = 3,
): string {
  const say = sayOf(facts);
  const { language } = facts;
  const { severity, status, check, confirmed, message } = finding;
  const state = say(status === 'open' ? 'open' : 'confirmed');
  const why =
    confirmed === null
      ? ''
      : ` <br>${escaped(`${say('confirmed')}, ${doneBy(facts, confirmed)}; ${say('reason')}${say('colon')} `)}${typed(confirmed.reason)}`;
  const where = about === null ? '' : `${typed(about)}: `;
  return mark(
    `<b class="${severity}">${escaped(`${say('finding')}, ${severityWords[severity][language]}, ${state}`)}</b> <small>${escaped(check)}</small> · ${where}${typed(message)}${why}`,
    width,
  );
}

export function queryLines(facts: CopyFacts, query: CasebookQuery, width = 3): readonly string[] {
  const say = sayOf(facts);
  const { language } = facts;
  const state = queryStateWords[query.state][language];
  const about = query.about === null ? '' : ` · ${typed(query.about)}`;
  const check = query.check === null ? '' : ` <small>${escaped(query.check)}</small>`;
  const title = `<b>${escaped(`${say('query')} ${String(query.id)}, ${state}`)}</b>${check}${about}`;
  const said = query.messages.map(
    (message) =>
      `${escaped(`${queryStateWords[message.kind][language]}, ${doneBy(facts, message)}`)}${message.text === '' ? '' : `: ${typed(message.text)}`}`,
  );
  return [mark([title, ...said].join('<br>'), width)];
}

export function changeLine(
  facts: CopyFacts,
  change: CasebookChange,
  about: string | null,
  width = 3,
): string {
  const say = sayOf(facts);
  const shown = (text: string): string => (text === '' ? escaped(say('nothing')) : typed(text));
  const where = about === null ? '' : `${typed(about)}: `;
  const reason =
    change.reason === null ? '' : ` · ${escaped(`${say('reason')}${say('colon')} `)}${typed(change.reason)}`;
  const origin = change.origin === 'entry' ? '' : ` · ${originWords[change.origin][facts.language]}`;
  return `<tr class="past"><td colspan="${String(width)}">${escaped(`${String(change.seq)} · ${doneBy(facts, change)}`)}${escaped(origin)} · ${where}${whatWords(facts, change, shown)}${reason}</td></tr>`;
}

/** What was written once and stands as it was written, of several fields at a time. */
export function firstLine(facts: CopyFacts, first: CasebookChange, fields: string, width: number): string {
  const say = sayOf(facts);
  const origin = first.origin === 'entry' ? '' : ` · ${originWords[first.origin][facts.language]}`;
  return `<tr class="past"><td colspan="${String(width)}">${escaped(`${doneBy(facts, first)}${origin} · ${say('nothing')} → ${say('asShown')}${say('colon')} ${fields}`)}</td></tr>`;
}

function whatWords(facts: CopyFacts, change: CasebookChange, shown: (text: string) => string): string {
  const say = sayOf(facts);
  switch (change.what) {
    case 'set':
      return `${shown(change.old)} → ${shown(change.new)}`;
    case 'parked':
      return `${shown(change.old)} ${escaped(say('setParked'))}`;
    case 'unparked':
      return `${shown(change.old)} ${escaped(say('unparked'))}`;
    case 'removed':
      return `${shown(change.old)} ${escaped(say('removed'))}`;
  }
}

export function signatureBox(facts: CopyFacts, signature: CasebookSignature): string {
  const say = sayOf(facts);
  const name =
    signature.printedName === signature.user
      ? signature.user
      : `${signature.printedName} (${signature.user})`;
  const validity =
    signature.brokenBy === null
      ? escaped(say('valid'))
      : signature.brokenBy.length === 0
        ? `<b>${escaped(say('altered'))}</b>`
        : `<b>${escaped(say('broken'))}</b><br>${signature.brokenBy.map(typed).join('<br>')}`;
  return `<div class="box"><table class="facts"><tbody>${rows([
    [say('signedBy'), `<b>${typed(name)}</b>, ${escaped(roleWords(signature.role, facts.language))}`],
    [say('signedAt'), escaped(showStamp(signature, facts.language))],
    [say('meaning'), typed(signature.meaning)],
    [say('signature'), validity],
    [say('content'), `<code>${grouped(signature.contentHash)}</code>`],
  ])}</tbody></table></div>`;
}

function mark(markup: string, width: number): string {
  return `<tr class="mark"><td colspan="${String(width)}">${markup}</td></tr>`;
}

function doneBy({ language }: CopyFacts, doing: Doing): string {
  return `${doing.user} (${roleWords(doing.role, language)}), ${showLocal(doing, language)}`;
}
