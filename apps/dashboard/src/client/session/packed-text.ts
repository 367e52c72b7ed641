/** Text as letters that an address may hold: deflated (RFC 1951), then base64url (RFC 4648, section 5). */
export async function packText(text: string): Promise<string> {
  const bytes = await readAll(through(new TextEncoder().encode(text), new CompressionStream('deflate-raw')));
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The text that was packed; null for what is none, or comes to more than `bytesMax`. */
export async function unpackText(packed: string, bytesMax: number): Promise<string | null> {
  try {
    const letters = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const text = await readAll(through(bytes, new DecompressionStream('deflate-raw')), bytesMax);
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    return null;
  }
}

function through(bytes: Uint8Array<ArrayBuffer>, change: CompressionStream | DecompressionStream) {
  return new Blob([bytes]).stream().pipeThrough(change).getReader();
}

/** Stops reading as soon as there is too much: a short link can hold a very long text. */
async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  bytesMax = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > bytesMax) {
      await reader.cancel();
      throw new Error(`more than ${bytesMax} bytes`);
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
