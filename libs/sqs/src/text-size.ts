/** Characters that SQS refuses. */
const REFUSED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Returns a text that SQS accepts: each character that it refuses is replaced. */
export function acceptable(text: string): string {
  return text.replace(REFUSED, '\uFFFD');
}

/** Returns the start of a text that takes at most `maxBytes` in UTF-8, without half a character at its end. */
export function shortened(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const bytes = Buffer.from(text);
  let end = Math.max(maxBytes, 0);
  // The bytes of a character after its first begin with the bits 10.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
