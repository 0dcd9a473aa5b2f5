/**
 * What a thread has read, on its way to the thread that writes: the texts, which are nearly all of it, lie in one block
 * of bytes that changes hands without being copied, and are made texts again one at a time, as they are asked for.
 */
import type { DeliveredForm } from '#shared/pool/delivered.ts';
import type { ReadDelivery } from './delivery-file.ts';
import type { Look } from './look-again.ts';

type Span = readonly [start: number, end: number];

/** Crosses between threads as it is; the buffer of `bytes` is handed over. */
export interface DeliveryOnItsWay {
  readonly read: Omit<ReadDelivery, 'forms' | 'lookAt'>;
  readonly forms: readonly (Omit<DeliveredForm, 'packed'> & { readonly packed: Span })[];
  /** By subject: JSON of a Look. */
  readonly looks: readonly (readonly [subject: string, look: Span])[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function sendDelivery({ forms, lookAt, ...read }: ReadDelivery): DeliveryOnItsWay {
  const texts = createTexts();
  return {
    read,
    forms: forms.map((form) => ({ ...form, packed: texts.put(form.packed) })),
    looks: read.subjects.flatMap(({ number }) => {
      const look = lookAt(number);
      return look === null ? [] : [[number, texts.put(JSON.stringify(look))] as const];
    }),
    bytes: texts.bytes(),
  };
}

export function receiveDelivery({ read, forms, looks, bytes }: DeliveryOnItsWay): ReadDelivery {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textAt = ([start, end]: Span): string => all.toString('utf8', start, end);
  const lookOf = new Map(looks);
  return {
    ...read,
    forms: forms.map(({ packed, ...form }): DeliveredForm => ({
      ...form,
      get packed() {
        return textAt(packed);
      },
    })),
    lookAt: (subject) => {
      const span = lookOf.get(subject);
      return span === undefined ? null : (JSON.parse(textAt(span)) as Look); // written by sendDelivery() alone
    },
  };
}

interface Texts {
  put(text: string): Span;
  bytes(): Uint8Array<ArrayBuffer>;
}

function createTexts(): Texts {
  const encoder = new TextEncoder();
  let space = new Uint8Array(2 ** 20);
  let used = 0;
  return {
    put: (text) => {
      // UTF-8 has at most three bytes for what JavaScript counts as one.
      const needed = used + text.length * 3;
      if (needed > space.length) {
        const wider = new Uint8Array(Math.max(needed, space.length * 2));
        wider.set(space.subarray(0, used));
        space = wider;
      }
      const start = used;
      used += encoder.encodeInto(text, space.subarray(start)).written;
      return [start, used];
    },
    bytes: () => space.subarray(0, used),
  };
}
