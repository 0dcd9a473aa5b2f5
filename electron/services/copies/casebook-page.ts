/** A subject's casebook as HTML. Each form is a table whose head, with subject, event and form, stands on every page it goes over. */
import type {
  CasebookEvent,
  CasebookForm,
  CasebookGroup,
  CasebookItem,
  CasebookNote,
  CasebookSubject,
} from '#shared/casebook.ts';
import { showStamp } from '#shared/casebook/moment.ts';
import { stateWords } from '#shared/casebook/words.ts';
import { answerMarkup } from './answer-markup.ts';
import { gridTable } from './casebook-grid.ts';
import { sayOf, type CopyFacts } from './facts.ts';
import { changeLine, findingLine, lastWords, queryLines, signatureBox } from './mark-lines.ts';
import { escaped, typed } from './markup.ts';

/** Longer answers may go over a page. */
const longText = 1500;

export function subjectPart(facts: CopyFacts, subject: CasebookSubject): string {
  const say = sayOf(facts);
  const named = { ...facts, subject: subject.subject };
  const about = [
    ...subject.findings.map((finding) => findingLine(facts, finding, finding.about)),
    ...subject.queries.flatMap((query) => queryLines(facts, query)),
  ];
  const rest =
    about.length === 0
      ? ''
      : `<table class="form">${head(named, say('findings'), '')}<tbody>${about.join('\n')}</tbody></table>`;
  return `<section>
<h2 class="new-page">${escaped(`${say('subject')} ${subject.subject}`)}</h2>
${subject.signatures.map((signature) => signatureBox(facts, signature)).join('\n')}
${overview(named, subject)}
${rest}
${subject.events.map((event) => eventPart(named, event)).join('\n')}
${courseTable(named, say('courseOfSubject'), subject.course)}
</section>
`;
}

interface Named extends CopyFacts {
  readonly subject: string;
}

function overview(facts: Named, { events }: CasebookSubject): string {
  const say = sayOf(facts);
  const { language } = facts;
  const lines = events.flatMap((event) =>
    event.forms.map((form) => {
      const items = form.groups.flatMap((group) => group.rows.flatMap((row) => row.items));
      const findings = [...items.flatMap((item) => item.findings), ...form.findings];
      const queries = [...items.flatMap((item) => item.queries), ...form.queries];
      const open = findings.filter(({ status }) => status === 'open').length;
      const asked = queries.filter(({ state }) => state !== 'closed').length;
      return `<tr><td>${escaped(event.event)}</td><td>${escaped(`${form.form} ${form.name}`)}</td><td>${escaped(stateWords[form.state][language])}</td><td>${String(open)} / ${String(findings.length)}</td><td>${String(asked)} / ${String(queries.length)}</td></tr>`;
    }),
  );
  const openOf = (word: string): string => `${escaped(word)} <br><small>${escaped(say('openOfAll'))}</small>`;
  const body =
    lines.length === 0
      ? `<tr><td colspan="5" class="none">${escaped(say('noForm'))}</td></tr>`
      : lines.join('\n');
  return `<table class="form">
<colgroup><col style="width:9%"><col><col style="width:14%"><col style="width:15%"><col style="width:15%"></colgroup>
<thead>${running(facts, say('forms'), '', 5)}<tr><th scope="col">${escaped(say('event'))}</th><th scope="col">${escaped(say('form'))}</th><th scope="col">${escaped(say('formState'))}</th><th scope="col">${openOf(say('findings'))}</th><th scope="col">${openOf(say('queries'))}</th></tr></thead>
<tbody>${body}</tbody></table>`;
}

function running(facts: Named, title: string, state: string, columns = 3): string {
  const where = `${sayOf(facts)('subject')} ${facts.subject}`;
  return `<tr class="running"><th colspan="${String(columns)}" scope="colgroup"><span class="state">${escaped(state)}</span><span class="where">${escaped(where)} · </span><b>${escaped(title)}</b></th></tr>`;
}

const columns = '<colgroup><col class="label"><col><col class="last"></colgroup>';

function head(facts: Named, title: string, state: string): string {
  const say = sayOf(facts);
  return `${columns}<thead>${running(facts, title, state)}<tr><th scope="col">${escaped(say('item'))}</th><th scope="col">${escaped(say('value'))}</th><th scope="col">${escaped(say('last'))}</th></tr></thead>`;
}

function eventPart(facts: Named, event: CasebookEvent): string {
  if (event.forms.length === 0 && event.empty.length === 0 && event.signatures.length === 0) return '';
  return `<h3>${escaped(`${event.event} · ${event.name}`)}</h3>
${event.signatures.map((signature) => signatureBox(facts, signature)).join('\n')}
${event.forms.map((form) => formPart(facts, event, form)).join('\n')}
${emptyForms(facts, event)}`;
}

function emptyForms(facts: Named, { event, empty }: CasebookEvent): string {
  if (empty.length === 0) return '';
  const say = sayOf(facts);
  const names = empty.map(
    ({ form, name, required }) => `${form} ${name} (${say(required ? 'required' : 'optional')})`,
  );
  return `<table class="form"><thead>${running(facts, `${event} · ${say('emptyForms')}`, say('empty'), 1)}</thead><tbody><tr><td class="none">${escaped(names.join(' · '))}</td></tr></tbody></table>`;
}

function formPart(facts: Named, { event, name }: CasebookEvent, form: CasebookForm): string {
  const say = sayOf(facts);
  const title = `${event} ${name} · ${form.form} ${form.name}`;
  const removed =
    form.removed.length === 0
      ? ''
      : `<tr class="group"><th colspan="3">${escaped(say('removedRows'))}</th></tr>${form.removed.map((change) => changeLine(facts, change, change.about)).join('\n')}`;
  const course =
    form.course.length === 0
      ? ''
      : `<tr class="group"><th colspan="3">${escaped(say('course'))}</th></tr>${form.course.map((note) => noteLine(facts, note)).join('\n')}`;
  const about = [
    ...form.findings.map((finding) => findingLine(facts, finding, finding.about)),
    ...form.queries.flatMap((query) => queryLines(facts, query)),
  ];
  const notAsked =
    form.notAsked === 0
      ? ''
      : `<tr><td colspan="3" class="none">${escaped(notAskedWords(facts, form.notAsked))}</td></tr>`;
  const state = stateWords[form.state][facts.language];
  const listed = (lines: readonly string[]): string =>
    `<table class="form">${head(facts, title, state)}<tbody>${lines.join('\n')}</tbody></table>`;
  const tables: string[] = [];
  let lines: string[] = [];
  for (const group of form.groups) {
    if (group.layout === 'record') lines.push(groupLines(facts, form, group));
    else {
      if (lines.length > 0) tables.push(listed(lines));
      lines = [];
      const name = isNamed(form, group) ? `${title} · ${group.name}` : title;
      tables.push(gridTable(facts, group, (columns) => running(facts, name, state, columns)));
    }
  }
  const rest = [notAsked, ...about, removed, course].filter((part) => part !== '');
  if (lines.length > 0 || rest.length > 0 || tables.length === 0) tables.push(listed([...lines, ...rest]));
  return `${tables.join('\n')}
${form.signatures.map((signature) => signatureBox(facts, signature)).join('\n')}`;
}

/** A form of one group says its name already. */
function isNamed(form: CasebookForm, group: CasebookGroup): boolean {
  return form.groups.length > 1 || group.name !== form.name;
}

function notAskedWords({ language }: CopyFacts, count: number): string {
  if (language === 'fr')
    return count === 1
      ? '1 rubrique n’est pas demandée d’après les autres réponses.'
      : `${String(count)} rubriques ne sont pas demandées d’après les autres réponses.`;
  return count === 1
    ? '1 item is not asked, as follows from other answers.'
    : `${String(count)} items are not asked, as follows from other answers.`;
}

function groupLines(facts: CopyFacts, form: CasebookForm, group: CasebookGroup): string {
  const say = sayOf(facts);
  const title = isNamed(form, group)
    ? `<tr class="group"><th colspan="3" scope="rowgroup">${escaped(group.name)}</th></tr>`
    : '';
  const rows = group.rows.map(({ row, items, blank }) => {
    const number =
      row === null
        ? ''
        : `<tr class="row"><th colspan="3">${escaped(`${say('row')} ${String(row)}`)}</th></tr>`;
    const unanswered =
      blank.length === 0
        ? ''
        : `<tr><td colspan="3" class="none">${escaped(`${say('notAnswered')}${say('colon')} ${blank.join(', ')}`)}</td></tr>`;
    return `${number}${items.map((item) => itemLines(facts, item)).join('\n')}${unanswered}`;
  });
  return `${title}${rows.join('\n')}`;
}

function itemLines(facts: CopyFacts, item: CasebookItem): string {
  const isLong = item.answer.text.length > longText;
  return [
    `<tr${isLong ? ' class="long"' : ''}><th scope="row">${escaped(item.label)} <small>${escaped(item.item)}</small></th><td>${answerMarkup(facts, item)}</td><td class="last">${lastWords(facts, item.last)}</td></tr>`,
    ...item.findings.map((finding) => findingLine(facts, finding, null)),
    ...item.queries.flatMap((query) => queryLines(facts, query)),
    ...item.history.map((change) => changeLine(facts, change, null)),
  ].join('\n');
}

function noteLine(facts: CopyFacts, note: CasebookNote): string {
  return `<tr class="past"><td colspan="3">${escaped(showStamp(note, facts.language))} · ${typed(note.text)}</td></tr>`;
}

function courseTable(facts: Named, title: string, course: readonly CasebookNote[]): string {
  if (course.length === 0) return '';
  return `<table class="form"><thead>${running(facts, title, '')}</thead><tbody>${course.map((note) => noteLine(facts, note)).join('\n')}</tbody></table>`;
}
