/** XML 1.0 by building strings: a document of a million values leaves no room for anything slower. */
import { fitText } from './fit-text.ts';

export type XmlAttributes = Readonly<Record<string, string | number | null | undefined>>;

/** Between tags. */
export function xmlText(text: string): string {
  return escape(fitText(text));
}

/** Between quotes; a parser would make spaces of line ends and tabs. */
export function xmlAttribute(text: string): string {
  return escape(fitText(text)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** `<name a="b">content</name>`, or an empty element without content. Attributes that are null or undefined are left out. */
export function element(name: string, attributes: XmlAttributes, content = ''): string {
  const written = Object.entries(attributes)
    .map(([key, value]) =>
      value === null || value === undefined ? '' : ` ${key}="${xmlAttribute(String(value))}"`,
    )
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

function escape(text: string): string {
  if (!/[&<>"]/u.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
