/** Which numbers of a workbook are days, minutes or percents: only the format of their cell tells (ECMA-376 part 1, 18.8.30). */
import { attributeOf, createXmlReader } from './xml.ts';

export type NumberKind = 'number' | 'day' | 'minute' | 'percent';

/** Formats that are not spelled out in the file. 27 to 36 and 50 to 58 are days in East Asian editions. */
function builtIn(id: number): NumberKind {
  if (id === 9 || id === 10) return 'percent';
  if (id === 22) return 'minute';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'day';
  return 'number';
}

export function kindOfFormat(code: string): NumberKind {
  const [positive = ''] = code.split(';');
  // Quoted words, escaped characters, and colours or locales in brackets are no placeholders; "[h]" is a duration.
  const bare = positive.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, '');
  if (bare.includes('%')) return 'percent';
  if (/\[[hms]+\]/iu.test(bare)) return 'number';
  const hasDay = /[dyj]|a{3}/iu.test(bare) || /m/iu.test(bare.replace(/h.*m|m.*s/giu, ''));
  const hasTime = /h/iu.test(bare);
  if (hasDay && !/^general$/iu.test(bare)) return hasTime ? 'minute' : 'day';
  return 'number';
}

export interface FormatReader {
  write(chunk: string): void;
  end(): void;
  /** By the number under which cells refer to a style. */
  kindOf(style: number): NumberKind;
}

/** Reads xl/styles.xml. */
export function createFormatReader(): FormatReader {
  const codes = new Map<number, NumberKind>();
  const ofStyle: number[] = [];
  let isInCellFormats = false;
  const reader = createXmlReader({
    open: (name, attributes) => {
      if (name === 'numFmt')
        codes.set(
          Number(attributeOf(attributes, 'numFmtId')),
          kindOfFormat(attributeOf(attributes, 'formatCode') ?? ''),
        );
      else if (name === 'cellXfs') isInCellFormats = true;
      else if (name === 'xf' && isInCellFormats)
        ofStyle.push(Number(attributeOf(attributes, 'numFmtId') ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellFormats = false;
    },
    text: () => undefined,
  });
  return {
    write: (chunk) => {
      reader.write(chunk);
    },
    end: () => {
      reader.end();
    },
    kindOf: (style) => {
      const id = ofStyle[style] ?? 0;
      return codes.get(id) ?? builtIn(id);
    },
  };
}
