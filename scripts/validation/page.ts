/** The pack as one page without script or link: it opens anywhere and prints on A4. */
import type { Pack } from './pack.ts';
import type { Verdict } from './verdicts.ts';

const style = `
@page { size: A4; margin: 14mm; }
body { margin: 24px auto; max-width: 190mm; padding: 0 12px; color: #1a1e21; background: #fff;
  font: 9.5pt/1.4 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', sans-serif; }
h1 { margin: 0 0 4px; font-size: 15pt; } h2 { margin: 20px 0 6px; font-size: 12pt; }
p { margin: 0 0 4px; } code { font-size: 8pt; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { padding: 3px 6px; text-align: left; vertical-align: top; border-bottom: 0.5pt solid #d8dad6; }
thead th { border-bottom: 1pt solid #1a1e21; }
ul { margin: 2px 0; padding-left: 14px; } .quiet { color: #4c545a; } .number { text-align: right; }
.verdict { font-weight: 600; white-space: nowrap; } .failed { color: #a3201d; } .open { color: #7a4b00; }
`;
/** A statement may rest on hundreds of cases; the workbook names them all. */
const namedAtMost = 12;

export function toPage(pack: Pack): string {
  const { verdicts, totals } = pack;
  const count = (kind: Verdict['kind']): number => verdicts.filter((verdict) => verdict.kind === kind).length;
  const duties = verdicts.flatMap(({ requirement: { id, duty } }) =>
    duty === undefined ? [] : [{ id, duty }],
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Cahier ${esc(pack.appVersion)}: validation pack</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${style}</style></head><body>
<h1>Cahier ${esc(pack.appVersion)}: requirements, tests, results</h1>
<p>Study ${esc(pack.study)}, definition <code>${esc(pack.fingerprint)}</code>.</p>
<p>Tests run on ${esc(pack.machine)}; pack made ${esc(pack.madeAt)} (UTC). ${n(totals.passed)} tests passed, ${n(totals.failed)} failed.</p>
<p><strong>${n(count('proved'))} statements proved, ${n(count('procedural'))} procedural, ${n(count('not proved'))} not proved, ${n(count('failed'))} failed.</strong></p>
<p class="quiet">A statement is proved when every test that it names ran and passed in this run. Clauses marked “known” come from general knowledge and are to be compared with the original before they are quoted.</p>
<h2>Statements</h2>
<table><thead><tr><th>No.</th><th>Statement</th><th>Clauses</th><th>Verdict</th><th>Tests</th></tr></thead><tbody>
${verdicts.map(toRow).join('\n')}
</tbody></table>
<h2>What the tests counted</h2>
${pack.figures.length === 0 ? '<p>Nothing was counted in this run.</p>' : `<table><tbody>${pack.figures.map(({ name, counts }) => `<tr><th>${esc(name)}</th><td>${counts.map(([what, value]) => `${esc(what)} ${n(value)}`).join(' · ')}</td></tr>`).join('')}</tbody></table>`}
<h2>The site’s own duties</h2>
<p>No software can carry these out, and none is claimed here.</p>
<ul>${duties.map(({ id, duty }) => `<li>${esc(duty)} <span class="quiet">(statement ${n(id)})</span></li>`).join('')}</ul>
<h2>Configuration of the study: ${n(pack.checks.length)} edit checks</h2>
<p class="quiet">Of each check: children for which it fires, is silent, and can’t be told.</p>
<table><thead><tr><th>Check</th><th>Version</th><th>Severity</th><th>Rule</th><th>Source</th><th class="number">Passed</th><th class="number">Failed</th></tr></thead><tbody>
${pack.checks.map((one) => `<tr><td>${esc(one.check)}</td><td>${n(one.version)}</td><td>${esc(one.severity)}</td><td>${esc(one.rule)}</td><td>${esc(one.source)}</td><td class="number">${n(one.passed)}</td><td class="number">${n(one.failed)}</td></tr>`).join('\n')}
</tbody></table>
</body></html>
`;
}

function toRow({ requirement, kind, tests, absent }: Verdict): string {
  const named = tests
    .slice(0, namedAtMost)
    .map(
      ({ file, name, passed }) =>
        `<li>${passed ? '' : '<strong class="failed">failed:</strong> '}${esc(name)} <code>${esc(file)}</code></li>`,
    );
  const more = tests.length > namedAtMost ? [`<li>and ${n(tests.length - namedAtMost)} more</li>`] : [];
  const gone = absent.map(
    ({ file, says }) =>
      `<li class="open">not in this run: ${esc(says ?? 'any test')} <code>${esc(file)}</code></li>`,
  );
  const mark = kind === 'failed' ? 'failed' : kind === 'not proved' ? 'open' : '';
  const clauses = [
    requirement.clauses,
    ...(requirement.known === undefined ? [] : [`known: ${requirement.known}`]),
  ];
  const evidence = requirement.procedural
    ? esc(requirement.duty ?? '')
    : `<ul>${[...named, ...more, ...gone].join('')}</ul>`;
  return `<tr><td>${n(requirement.id)}</td><td>${esc(requirement.statement)}<br><span class="quiet">${esc(requirement.area)}</span></td><td>${clauses.map(esc).join('<br>')}</td><td class="verdict ${mark}">${kind}</td><td>${evidence}</td></tr>`;
}

const n = (value: number): string => value.toLocaleString('en');

function esc(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
