/**
 * age (https://age-encryption.org/v1) as streams of pieces that are taken one by one, so that memory stays flat however large a
 * file is: Node's own bridge from its streams to those of the web counts pieces where it should count bytes, and takes in all.
 */
import { ReadableStream } from 'node:stream/web';
import { AgeFault } from './age-fault.ts';

/** Loaded when it is needed: most sessions never hand anything over. */
const load = () => import('age-encryption');

/** Whoever has one of the recipients' identities can read it. */
export async function encryptTo(
  recipients: readonly string[],
  source: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> {
  const { Encrypter } = await load();
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return toPieces(await encrypter.encrypt(toStream(source)));
}

/** Each piece is authentic when it comes; that none is missing at the end is known with the last. `fileBytes`: of all of it. Throws an AgeFault. */
export async function* decryptWith(
  identity: string,
  source: AsyncIterable<Uint8Array>,
  fileBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { Decrypter } = await load();
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const opened = await decrypter.decrypt(toStream(source)).catch((error: unknown) => {
    throw headFault(error);
  });
  let plain: number;
  try {
    plain = opened.size(fileBytes);
  } catch (error) {
    throw new AgeFault('cut-short', error);
  }
  let given = 0;
  try {
    for await (const piece of toPieces(opened)) {
      given += piece.length;
      yield piece;
    }
  } catch (error) {
    // Of the last piece it can't be told whether it was changed or more should follow.
    throw new AgeFault(plain - given <= pieceBytes ? 'cut-short' : 'changed', error);
  }
}

const pieceBytes = 64 * 1024;

/** The stream of the web as the library's types name it, which is the browser's where those are known; at run time it is one. */
type WebStream = globalThis.ReadableStream<Uint8Array>;
function toStream(source: AsyncIterable<Uint8Array>): WebStream {
  const stream: unknown = ReadableStream.from(source);
  return stream as WebStream; // see above
}
function toPieces(stream: unknown): AsyncIterable<Uint8Array> {
  return stream as AsyncIterable<Uint8Array>; // streams of the web are iterable in Node
}

/** The library tells its reasons by words alone; whatever else it says, the head is not what was written. */
function headFault(error: unknown): AgeFault {
  const said = error instanceof Error ? error.message : '';
  if (said.includes('no identity matched')) return new AgeFault('other-recipient', error);
  if (said.startsWith('invalid version')) return new AgeFault('not-age', error);
  return new AgeFault(said.includes('HMAC') ? 'changed' : 'cut-short', error);
}
