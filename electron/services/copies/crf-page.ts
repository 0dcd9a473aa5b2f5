/** The case report form on paper: with boxes to be filled in by hand, or with the names under which answers are exported. */
import type { CrfAnnotation, CrfForm, CrfGroup, CrfItem, CrfPlan, PaperField } from '#shared/crf-plan.ts';
import type { Say } from '#shared/casebook/words.ts';
import { sayOf, type CopyFacts } from './facts.ts';
import { escaped } from './markup.ts';

export function crfPart(facts: CopyFacts, plan: CrfPlan, kind: 'blank' | 'annotated'): string {
  const say = sayOf(facts);
  const named = plan.forms.some(({ groups }) =>
    groups.some(({ items }) => items.some(({ annotation }) => annotation.target !== null)),
  );
  const missing = plan.missing
    .map(({ code, label }) => `<b>${escaped(code)}</b> ${escaped(label)}`)
    .join(' · ');
  const key = [
    kind === 'annotated' && !named ? `<p class="quiet">${escaped(say('noTargets'))}</p>` : '',
    `<p>${escaped(say('requiredMark'))}</p>`,
    plan.missing.length === 0 ? '' : `<p>${escaped(say('insteadOfValue'))}${say('colon')} ${missing}</p>`,
  ];
  const lists = plan.lists.map(
    ({ list, name, codes }) =>
      `<h4>${escaped(`${list} · ${name}`)}</h4><p>${codes.map(({ code, label }) => `<b>${escaped(code)}</b>&nbsp;${escaped(label)}`).join(' · ')}</p>`,
  );
  return `<section>${key.join('\n')}</section>
${plan.forms.map((form) => formPart(say, form, kind)).join('\n')}
${lists.length === 0 ? '' : `<section><h2 class="new-page">${escaped(say('codeLists'))}</h2>${lists.join('\n')}</section>`}
`;
}

function formPart(say: Say, form: CrfForm, kind: 'blank' | 'annotated'): string {
  const events = form.events
    .map(({ event, name, required }) => `${event} ${name}${required ? '' : ` (${say('optional')})`}`)
    .join(' · ');
  const title = `${form.form} · ${form.name}`;
  const blanks =
    kind === 'blank'
      ? `<tr><td colspan="2">${escaped(say('subjectNumber'))}${say('colon')} ______________________ &emsp; ${escaped(say('event'))}${say('colon')} ______________</td></tr>`
      : '';
  const signed =
    kind === 'blank' ? `<div class="sign"><div>${escaped(say('filledBy'))}</div><div></div></div>` : '';
  return `<section class="new-page">
<h2>${escaped(title)}</h2>
<p class="quiet">${escaped(`${say('usedIn')}${say('colon')} ${events}`)}</p>
<table class="form paper"><thead><tr class="running"><th colspan="2" scope="colgroup"><b>${escaped(title)}</b></th></tr>${blanks}</thead>
<tbody>
${form.groups.map((group) => groupLines(say, form, group, kind)).join('\n')}
</tbody></table>
${signed}
</section>`;
}

function groupLines(say: Say, form: CrfForm, group: CrfGroup, kind: 'blank' | 'annotated'): string {
  const variable =
    kind === 'annotated' ? ` <span class="note"><code>${escaped(group.group)}</code></span>` : '';
  const condition =
    group.whenShown === ''
      ? ''
      : ` <small>${escaped(`${say('onlyIf')}${say('colon')} ${group.whenShown}`)}</small>`;
  const isNamed = form.groups.length > 1 || group.name !== form.name || kind === 'annotated';
  const title = isNamed
    ? `<tr class="group"><th colspan="2" scope="rowgroup">${escaped(group.name)}${condition}${variable}</th></tr>`
    : '';
  const row = group.repeating
    ? `<tr class="row"><th colspan="2">${escaped(say('copyRow'))}${say('colon')} ________</th></tr>`
    : '';
  return `${title}${row}${group.items.map((item) => itemLine(say, item, kind)).join('\n')}`;
}

function itemLine(say: Say, item: CrfItem, kind: 'blank' | 'annotated'): string {
  const star = { always: ' *', conditional: ' (*)', no: '' }[item.required];
  const help = item.help === '' ? '' : `<br><small>${escaped(item.help)}</small>`;
  const note = kind === 'annotated' ? annotationMarkup(item.item, item.annotation) : '';
  return `<tr><th scope="row" class="label">${escaped(item.label)}<b>${star}</b>${help}${note}</th><td>${fieldMarkup(say, item)}</td></tr>`;
}

function fieldMarkup(say: Say, { field, unit }: CrfItem): string {
  const after = unit === '' ? '' : ` <span class="gap">${escaped(unit)}</span>`;
  switch (field.kind) {
    case 'digits':
      return `<span class="cells">${field.relation ? `${cells(['<≤=≥>'])}<span class="gap"></span>` : ''}${digits(field)}${after}</span>`;
    case 'date':
      return dateMarkup(say, field);
    case 'choices': {
      const tick = field.several ? `<small class="hint">${escaped(say('tickAll'))}</small>` : '';
      const box = field.several ? 'tick' : 'tick one';
      const codes = field.codes.map(
        ({ code, label }) =>
          `<span class="choice"><span class="${box}"></span><b>${escaped(code)}</b> ${escaped(label)}</span>`,
      );
      return `${tick}${codes.join(' ')}${after}`;
    }
    case 'list':
      return `<span class="cells">${cells(Array.from({ length: field.length }, () => ''))}</span> <small>${escaped(`${say('fromList')} ${field.list}`)}</small>${after}`;
    case 'text':
      return `${Array.from({ length: field.lines }, () => '<span class="line"></span>').join('')}${after}`;
    case 'none':
      return `<span class="none">${escaped(say(field.why === 'calculated' ? 'calculatedLater' : 'filledIn'))}</span>${after}`;
  }
}

function digits({ whole, decimals }: Extract<PaperField, { kind: 'digits' }>): string {
  const boxes = (count: number): string => cells(Array.from({ length: count }, () => ''));
  return decimals === 0 ? boxes(whole) : `${boxes(whole)}<span class="gap">.</span>${boxes(decimals)}`;
}

function dateMarkup(say: Say, { time, day, partial }: Extract<PaperField, { kind: 'date' }>): string {
  const letters = (word: 'dateLetters' | 'monthLetters' | 'timeLetters'): readonly string[] =>
    say(word).split(' ');
  const [date, clock] = [letters(day ? 'dateLetters' : 'monthLetters'), letters('timeLetters')];
  const gap = '<span class="gap"></span>';
  const parts = day ? [date.slice(0, 2), date.slice(2, 4), date.slice(4)] : [date.slice(0, 2), date.slice(2)];
  const boxes = parts.map(cells).join(gap);
  const hours = time
    ? `${gap}${gap}${cells(clock.slice(0, 2))}<span class="gap">:</span>${cells(clock.slice(2))}`
    : '';
  const note = partial ? ` <small>(${escaped(say('partialDate'))})</small>` : '';
  return `<span class="cells">${boxes}${hours}</span>${note}`;
}

function cells(letters: readonly string[]): string {
  return letters
    .map(
      (letter) =>
        `<span class="cell"${letter.length > 1 ? ' style="width:9mm"' : ''}>${escaped(letter)}</span>`,
    )
    .join('');
}

/** Names and rules stand in English and FEEL: they are those of the definition and of every export. */
function annotationMarkup(item: string, annotation: CrfAnnotation): string {
  const { type, codeList, target, hard, soft, pattern, requiredIf, shownIf, derivation, identifier } =
    annotation;
  const facts: readonly (readonly [string, string | null])[] = [
    ['codelist', codeList],
    ['target', target],
    ['hard', hard],
    ['soft', soft],
    ['pattern', pattern],
    ['required if', requiredIf],
    ['asked if', shownIf],
    ['=', derivation],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value === null ? [] : [`<span class="note">${escaped(name)} <code>${escaped(value)}</code></span>`],
  );
  const mark = identifier ? '<span class="note">identifier</span>' : '';
  return `<span class="note"><code class="variable">${escaped(item)}</code> ${escaped(type)}</span>${lines.join('')}${mark}`;
}
