/** The study's tables as one HTML page without a script, a picture or a link: it opens anywhere and prints on A4. */
import { showDate } from '#shared/partial-date.ts';
import type { Language } from '#shared/study.ts';
import type { SummaryRowResult, SummaryTableResult } from '#shared/summary-table.ts';
import { causesOf, footWords, labelWords, noteWords } from '#shared/summary-table/words.ts';
import type { ReportOrder } from './report-file.ts';

const words = {
  en: {
    ...{
      item: 'Item',
      n: 'n',
      result: 'Result',
      missing: 'Missing',
      notes: 'Notes',
      reading: 'How to read the table',
    },
    ...{ cut: 'Data cut', entry: 'trail entry', definition: 'Study definition', site: 'Site' },
    subjects: (count: number) => `${String(count)} ${count === 1 ? 'subject' : 'subjects'}`,
    none: 'The study definition has no table.',
    colon: ':',
  },
  fr: {
    ...{
      item: 'Item',
      n: 'n',
      result: 'Résultat',
      missing: 'Manquants',
      notes: 'Notes',
      reading: 'Lecture du tableau',
    },
    ...{
      cut: 'État des données',
      entry: 'entrée du journal',
      definition: 'Définition de l’étude',
      site: 'Centre',
    },
    subjects: (count: number) => `${String(count)} ${count > 1 ? 'sujets' : 'sujet'}`,
    none: 'La définition de l’étude ne comporte pas de tableau.',
    colon: ' :',
  },
} as const;

const style = `
@page { size: A4; margin: 16mm 14mm; }
:root { color-scheme: light; }
body { margin: 24px auto; max-width: 182mm; padding: 0 12px; color: #1a1e21; background: #fff;
  font: 10pt/1.4 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', sans-serif; }
h1 { margin: 0 0 2px; font-size: 15pt; line-height: 1.3; }
h2 { margin: 18px 0 6px; font-size: 11pt; }
p { margin: 0 0 4px; }
.quiet { color: #4c545a; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 3px 6px; text-align: left; vertical-align: top; border-bottom: 0.5pt solid #d8dad6; }
thead th { border-bottom: 1pt solid #1a1e21; font-size: 9pt; }
tbody th { font-weight: 400; }
tr.section th { padding-top: 10px; border-bottom-color: #868c91; font-weight: 600; break-after: avoid; }
.item { width: 42%; }
.n { width: 6%; text-align: right; white-space: nowrap; }
.missing { width: 20%; }
.result { white-space: nowrap; }
small { display: block; color: #4c545a; font-size: 8.5pt; }
sup { line-height: 0; }
ol { margin: 0; padding-left: 18px; }
li { margin: 0 0 2px; font-size: 8.5pt; }
code { font-family: ui-monospace, 'Liberation Mono', monospace; font-size: 8pt; overflow-wrap: anywhere; }
footer { margin-top: 14px; padding-top: 6px; border-top: 1pt solid #1a1e21; font-size: 8.5pt; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
`;

export function reportPage({ report, language, appVersion }: ReportOrder): string {
  const say = words[language];
  const { study, site, cut, fingerprint, tables } = report;
  const day = showDate(cut.at.slice(0, 16), language);
  const title = `${study.name[language]} – ${tables[0]?.name[language] ?? say.none}`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(study.name[language])}</h1>
<p class="quiet">${escaped(`${say.site} ${site.code}, ${site.name} · ${say.subjects(report.subjects)} · ${say.cut} ${day} UTC`)}</p>
</header>
<main>
${tables.length === 0 ? `<p>${escaped(say.none)}</p>` : tables.map((table) => tablePart(table, language)).join('\n')}
</main>
<footer>
<p>${footWords.map((line) => escaped(line[language])).join('</p>\n<p>')}</p>
<p>${escaped(`${say.cut}${say.colon} ${say.entry} ${String(cut.seq)}`)}, SHA-256 <code>${cut.head}</code></p>
<p>${escaped(`${say.definition}${say.colon} ${study.id} ${study.version}`)}, SHA-256 <code>${fingerprint}</code></p>
<p>${escaped(`Cahier ${appVersion}`)}</p>
</footer>
</body>
</html>
`;
}

function tablePart(table: SummaryTableResult, language: Language): string {
  const say = words[language];
  const notes = notesOf(table, language);
  const body = table.sections.map(
    (section) => `<tbody>
<tr class="section"><th colspan="4" scope="rowgroup">${escaped(section.name[language])}</th></tr>
${section.rows.map((row) => rowPart(row, notes, language)).join('\n')}
</tbody>`,
  );
  return `<h2>${escaped(table.name[language])}</h2>
<p class="quiet">${escaped(capital(table.population[language]))}</p>
<table>
<thead><tr><th scope="col" class="item">${say.item}</th><th scope="col" class="n">${say.n}</th><th scope="col">${say.result}</th><th scope="col" class="missing">${say.missing}</th></tr></thead>
${body.join('\n')}
</table>
${notes.length === 0 ? '' : `<h2>${say.notes}</h2>\n<ol>\n${notes.map((note) => `<li>${escaped(note)}</li>`).join('\n')}\n</ol>`}`;
}

function rowPart(row: SummaryRowResult, notes: readonly string[], language: Language): string {
  const note = notes.indexOf(noteWords(row, language) ?? '') + 1;
  const mark = note === 0 ? '' : `<sup>${String(note)}</sup>`;
  const under = [row.method?.[language], ...row.shortfalls.map((shortfall) => shortfall[language])];
  const small = (lines: readonly (string | undefined)[]): string =>
    lines
      .flatMap((line) => (line === undefined || line === '' ? [] : `<small>${escaped(line)}</small>`))
      .join('');
  return `<tr><th scope="row">${escaped(labelWords(row, language))}${mark}${small([row.population?.[language]])}</th><td class="n">${String(row.n)}</td><td><span class="result">${escaped(row.text[language])}</span>${small(under)}</td><td>${String(row.missing)}${small(causesOf(row.missed, language))}</td></tr>`;
}

/** Each note once, in the order of the rows; several rows can have the same. */
function notesOf(table: SummaryTableResult, language: Language): readonly string[] {
  const all = table.sections.flatMap((section) => section.rows.map((row) => noteWords(row, language)));
  return [...new Set(all.filter((note) => note !== null))];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
