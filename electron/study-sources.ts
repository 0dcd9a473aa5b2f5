/** The files a definition was merged from: finds, for a place in the merged definition, the file and line it came from. */
import { LineCounter, parseDocument, type Document } from 'yaml';

export interface FileFault {
  readonly file: string;
  /** 1-based; 1 when the place can't be told closer. */
  readonly line: number;
  readonly message: string;
}

type Place = readonly (string | number)[];

export interface Sources {
  /** The whole of a YAML file, to stand at `at` in the merged definition. */
  read(file: string, at: Place): unknown;
  /** One part of a YAML file; `at` null when the caller maps it itself. */
  readPart(file: string, part: Place, at: Place | null): unknown;
  /** A file's bare text; null, and a fault, when it can't be read. */
  text(file: string): string | null;
  map(at: Place, file: string, part: Place): void;
  addFault(at: Place, message: string): void;
  addFaultAt(file: string, part: Place, message: string): void;
  faults(): readonly FileFault[];
}

interface Opened {
  readonly document: Document;
  readonly lines: LineCounter;
}

const keyOf = (place: Place): string => place.map(String).join('\u0000');

/** `readText` throws as readFileSync does; each file is read once. */
export function createSources(readText: (file: string) => string): Sources {
  const opened = new Map<string, Opened | null>();
  const origins = new Map<string, { file: string; part: Place }>();
  const faults: FileFault[] = [];

  function text(file: string): string | null {
    try {
      return readText(file);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
      faults.push({
        file,
        line: 1,
        message: code === 'ENOENT' ? 'the file is missing' : `the file can't be read (${code})`,
      });
      return null;
    }
  }

  function open(file: string): Opened | null {
    const known = opened.get(file);
    if (known !== undefined) return known;
    const content = text(file);
    let result: Opened | null = null;
    if (content !== null) {
      const lines = new LineCounter();
      const document = parseDocument(content, { lineCounter: lines, uniqueKeys: true });
      for (const error of document.errors) {
        faults.push({
          file,
          line: error.linePos?.[0].line ?? 1,
          message: error.message.split('\n')[0] ?? 'unreadable YAML',
        });
      }
      result = document.errors.length === 0 ? { document, lines } : null;
    }
    opened.set(file, result);
    return result;
  }

  function lineOf(file: string, part: Place): number {
    const source = opened.get(file);
    if (!source) return 1;
    for (let length = part.length; length >= 0; length -= 1) {
      const node: unknown =
        length === 0 ? source.document.contents : source.document.getIn(part.slice(0, length), true);
      const start = rangeStart(node);
      if (start !== null) return source.lines.linePos(start).line;
    }
    return 1;
  }

  function addFaultAt(file: string, part: Place, message: string): void {
    faults.push({ file, line: lineOf(file, part), message });
  }

  function readPart(file: string, part: Place, at: Place | null): unknown {
    const source = open(file);
    if (source === null) return undefined;
    if (at !== null) origins.set(keyOf(at), { file, part });
    let value: unknown = source.document.toJS();
    for (const key of part)
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? Reflect.get(value, key)
          : undefined;
    return value;
  }

  return {
    text,
    readPart,
    read: (file, at) => readPart(file, [], at),
    map: (at, file, part) => origins.set(keyOf(at), { file, part }),
    addFaultAt,
    addFault(at, message) {
      for (let length = at.length; length >= 0; length -= 1) {
        const origin = origins.get(keyOf(at.slice(0, length)));
        if (origin) {
          addFaultAt(origin.file, [...origin.part, ...at.slice(length)], message);
          return;
        }
      }
      faults.push({ file: 'study.yaml', line: 1, message });
    },
    faults: () => faults,
  };
}

function rangeStart(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node)) return null;
  const range: unknown = node.range;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : null;
}
