import type { IncomingMessage } from 'node:http';

/**
 * @param longest in bytes; the rest of a longer body is read and thrown away, so that it can be answered
 * @returns the body as text; nothing when it is longer
 */
export async function readBody(request: IncomingMessage, longest: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= longest) chunks.push(chunk);
  }
  return size <= longest ? Buffer.concat(chunks).toString() : undefined;
}
