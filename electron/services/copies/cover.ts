/**
 * The first page: what this is a copy of, who made it and when, from which state of the record, and how anybody checks
 * later that the record still says the same (certified copy, ICH E6 and 21 CFR part 11 guidance).
 */
import type { Language } from '#shared/study.ts';
import { madeWords, makerWords, sayOf, siteWords, studyWords, type CopyFacts } from './facts.ts';
import { escaped, grouped, rows } from './markup.ts';
import { headCode, qrSvg } from './qr-code.ts';

export interface Cover {
  readonly facts: CopyFacts;
  /** Further lines of the table: subjects, history, counts. */
  readonly lines: readonly (readonly [label: string, text: string])[];
  /** User names in the copy, with the names that they stand for. */
  readonly people: readonly (readonly [user: string, name: string])[];
  /** Of the record; a blank form is a copy of the definition only. */
  readonly isOfRecord: boolean;
}

export function coverPart({ facts, lines, people, isOfRecord }: Cover): string {
  const say = sayOf(facts);
  const { head, language } = facts;
  const practice = facts.practice
    ? `<p class="practice">${escaped(language === 'fr' ? 'Centre d’entraînement : enfants fictifs, aucune donnée réelle.' : 'Practice site: invented children, no record of anybody.')}</p>`
    : '';
  const table = rows([
    [say('study'), escaped(studyWords(facts))],
    [say('definition'), `<code>${grouped(facts.fingerprint)}</code>`],
    [say('site'), escaped(siteWords(facts))],
    [say('madeAt'), escaped(madeWords(facts))],
    [say('madeBy'), escaped(makerWords(facts))],
    [say('application'), escaped(`Cahier ${facts.appVersion}`)],
    [say('state'), escaped(`${say('entry')} ${String(head.seq)} ${say('ofTrail')}`)],
    ...lines.map(([label, text]) => [label, escaped(text)] as const),
  ]);
  const names =
    people.length === 0
      ? ''
      : `<h3>${escaped(say('people'))}</h3><table class="facts list"><tbody>${rows(people.map(([user, name]) => [user, escaped(name)]))}</tbody></table>`;
  return `<header>
<h1>${escaped(facts.title)}</h1>
<p class="quiet">${escaped(facts.study.name[language])}</p>
${practice}</header>
<main>
<table class="facts list"><tbody>
${table}
</tbody></table>
<div class="box head">${qrSvg(headCode(head), '34mm', 'QR')}<div>
<p>${escaped(say('head'))}</p>
<p><code>${grouped(head.hash.slice(0, 32))}<br>${grouped(head.hash.slice(32))}</code></p>
</div></div>
${isOfRecord ? statementPart(facts) : ''}
${names}
`;
}

function statementPart(facts: CopyFacts): string {
  const say = sayOf(facts);
  const words = statement[facts.language](facts);
  return `<section class="box">
<h3>${escaped(say('statement'))}</h3>
<p>${escaped(words.says)}</p>
<h3>${escaped(say('check'))}</h3>
<ol>${words.check.map((line) => `<li>${escaped(line)}</li>`).join('')}</ol>
<p>${escaped(say('certifiedBy'))}${say('colon')}</p>
<div class="sign"><div>${escaped(say('nameSignature'))}</div><div>${escaped(say('nameSignature'))}</div></div>
</section>`;
}

const statement: Readonly<
  Record<Language, (facts: CopyFacts) => { readonly says: string; readonly check: readonly string[] }>
> = {
  en: (facts) => ({
    says: `This document was made by ${makerWords(facts)}, on ${madeWords(facts)}, by Cahier ${facts.appVersion}, out of the record of site ${siteWords(facts)} as it stood after entry ${String(facts.head.seq)} of its audit trail. It was read in one transaction and holds every value of its scope with its unit, the reason where a value is missing, who wrote it last and when, findings, queries and signatures. Nothing was left out, added or rounded.`,
    check: [
      `In the application of the site, or with “cahier verify --against ${String(facts.head.seq)}:${facts.head.hash.slice(0, 8)}…”, the trail is followed from its first entry: entry ${String(facts.head.seq)} has to have the SHA-256 that stands above, on every page and in the QR code. Each entry covers the one before, so that the same head means the same history.`,
      'The making of this copy is itself an entry of the trail (copy.printed), with the SHA-256 of this file: the same file has the same SHA-256.',
      'What was written after that entry is not in this copy; the trail tells it.',
    ],
  }),
  fr: (facts) => ({
    says: `Ce document a été établi par ${makerWords(facts)}, le ${madeWords(facts)}, par Cahier ${facts.appVersion}, à partir du dossier du centre ${siteWords(facts)} tel qu’il était après l’entrée ${String(facts.head.seq)} de son journal d’audit. Il a été lu en une seule transaction et contient chaque valeur de son périmètre avec son unité, le motif de toute valeur manquante, la dernière personne qui l’a écrite et quand, les alertes, les queries et les signatures. Rien n’a été omis, ajouté ni arrondi.`,
    check: [
      `Dans l’application du centre, ou avec « cahier verify --against ${String(facts.head.seq)}:${facts.head.hash.slice(0, 8)}… », le journal est suivi depuis sa première entrée : l’entrée ${String(facts.head.seq)} doit avoir le SHA-256 imprimé ci-dessus, sur chaque page et dans le code QR. Chaque entrée couvre la précédente : la même tête signifie le même historique.`,
      'L’établissement de cette copie est lui-même une entrée du journal (copy.printed), avec le SHA-256 de ce fichier : le même fichier a le même SHA-256.',
      'Ce qui a été écrit après cette entrée n’est pas dans cette copie ; le journal le dit.',
    ],
  }),
};
