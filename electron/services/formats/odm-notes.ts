/** Annotations that many values share: written once, at the end of the file, and referred to by their number. */
import { codeListOid, flagList } from '#shared/formats/odm/oids.ts';
import { element, xmlText } from '#shared/formats/xml.ts';
import type { Study } from '#shared/study.ts';

export interface OdmNotes {
  /** The number of the annotation that says why there is no value. */
  missing(reason: string): string;
  /** Of one that names a unit that the definition doesn't have. */
  unknownUnit(unit: string): string;
  /** Empty when none was referred to. */
  xml(): string;
}

export function createOdmNotes({ missingReasons }: Study): OdmNotes {
  const notes = new Map<string, string>();
  function note(content: string): string {
    const known = notes.get(content);
    if (known !== undefined) return known;
    const id = `AN.${notes.size + 1}`;
    notes.set(content, id);
    return id;
  }
  return {
    missing: (reason) =>
      note(
        element(
          'Flag',
          {},
          element('FlagValue', { CodeListOID: codeListOid(missingReasons) }, xmlText(reason)) +
            element('FlagType', { CodeListOID: flagList }, 'MISSING'),
        ),
      ),
    unknownUnit: (unit) => note(element('Comment', {}, xmlText(`unit as entered: ${unit}`))),
    xml: () => {
      if (notes.size === 0) return '';
      const written = [...notes].map(([content, id]) =>
        element('Annotation', { SeqNum: 1, ID: id }, content),
      );
      return `${element('Annotations', {}, written.join('\n'))}\n`;
    },
  };
}
