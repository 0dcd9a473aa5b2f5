/**
 * Reads the XML of a workbook's parts as it streams in: tags, attributes, texts, and nothing that a part of a workbook
 * doesn't have. A document type is refused, because entities are what XML bombs are made of.
 */
export interface XmlHandler {
  /** `attributes` is read by attributeOf(); names come without their prefix. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
  /**
   * May take the element that begins at `start` as a whole, where that is quicker than tag by tag. Gives where it ends,
   * `start` when it is to be read tag by tag, and -1 when its end is not there yet.
   */
  whole?(text: string, start: number): number;
}

export interface XmlReader {
  write(chunk: string): void;
  /** Throws when the document ended early. */
  end(): void;
}

export class XmlFault extends Error {}

export function createXmlReader(handler: XmlHandler): XmlReader {
  let rest = '';
  const opened: string[] = [];
  const whole = handler.whole ?? ((_, start) => start);

  /** Gives how far the text was read; what is left waits for more. */
  function read(text: string): number {
    let at = 0;
    for (;;) {
      const start = text.indexOf('<', at);
      if (start === -1) return at;
      if (start > at) readText(text.slice(at, start));
      const taken = whole(text, start);
      if (taken === -1) return start;
      if (taken > start) {
        at = taken;
        continue;
      }
      const end = endOfTag(text, start);
      if (end === -1) return start;
      readTag(text.slice(start + 1, end));
      at = end + 1;
    }
  }

  function readText(text: string): void {
    if (opened.length > 0) handler.text(decodeXml(text));
  }

  function readTag(tag: string): void {
    const first = tag.charCodeAt(0);
    if (first === 0x21) {
      if (tag.startsWith('![CDATA[')) handler.text(tag.slice(8, -2));
      else if (!tag.startsWith('!--')) throw new XmlFault('a document type');
    } else if (first === 0x2f) {
      const name = bareName(tag.slice(1).trim());
      if (opened.pop() !== name) throw new XmlFault('tags that do not match');
      handler.close(name);
    } else if (first !== 0x3f) {
      const isEmpty = tag.endsWith('/');
      const space = tag.search(/[\s/]/u);
      const name = bareName(space === -1 ? tag : tag.slice(0, space));
      handler.open(name, space === -1 ? '' : tag.slice(space));
      if (isEmpty) handler.close(name);
      else opened.push(name);
      if (opened.length > 200) throw new XmlFault('tags nested too deep');
    }
  }

  return {
    write: (chunk) => {
      const text = rest + chunk;
      rest = text.slice(read(text));
      if (rest.length > longestPiece) throw new XmlFault('a tag or text without an end');
    },
    end: () => {
      if (opened.length > 0 || rest.trim() !== '') throw new XmlFault('no end');
    },
  };
}

const longestPiece = 16 * 2 ** 20;

/** The ">" that ends the tag at `start`, quotes and sections heeded; -1 when it is not there yet. */
function endOfTag(text: string, start: number): number {
  if (text.startsWith('<!', start)) {
    if (text.length < start + 9) return -1;
    const close = text.startsWith('<![CDATA[', start) ? ']]>' : text.startsWith('<!--', start) ? '-->' : '>';
    const end = text.indexOf(close, start + 4);
    return end === -1 ? -1 : end + close.length - 1;
  }
  let end = text.indexOf('>', start);
  // A ">" inside an attribute is rare and allowed.
  while (end !== -1 && isInQuotes(text, start, end)) end = text.indexOf('>', end + 1);
  return end;
}

function isInQuotes(text: string, start: number, end: number): boolean {
  let quote = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (quote === 0 ? code === 0x22 || code === 0x27 : code === quote) quote = quote === 0 ? code : 0;
  }
  return quote !== 0;
}

function bareName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** Of the attributes as open() gave them; `name` with its prefix, where it has one. */
export function attributeOf(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at !== -1; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (before !== 0x20 && before !== 0x0a && before !== 0x0d && before !== 0x09) continue;
    const match = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/u.exec(attributes.slice(at + name.length));
    if (match !== null) return decodeXml(match[1] ?? match[2] ?? '');
  }
  return undefined;
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** A text or an attribute's value, with what its entities stand for. */
export function decodeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));?/gu, (_, decimal, hex, name) => {
    if (typeof name === 'string') {
      const known = named[name];
      if (known === undefined) throw new XmlFault('an unknown entity');
      return known;
    }
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    if (code > 0x10ffff) throw new XmlFault('an impossible character');
    return String.fromCodePoint(code);
  });
}
