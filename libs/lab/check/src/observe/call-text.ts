import { gunzipSync, inflateSync, brotliDecompressSync } from 'node:zlib';

/** Headers that say nothing about a message. */
const ignored = [
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'host',
  'sec-fetch-mode',
  'user-agent',
  'x-amz-user-agent',
];

/** Returns everything in a request that may come from a message: in plain text, for any encoding. */
export function callText(url: string, headers: Readonly<Record<string, string>>, body: Buffer): string {
  const values = Object.entries(headers)
    .filter(([name]) => !ignored.includes(name))
    .map(([, value]) => value);
  const plain = decompressed(body, headers['content-encoding']).toString();
  const text = [url, decodedUrl(url), ...values, plain, decodedUrl(plain)].join('\n');
  return `${text}\n${decodedBase64(text)}`;
}

function decompressed(body: Buffer, encoding: string | undefined): Buffer {
  const decompress = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync }[encoding ?? ''];
  try {
    return decompress ? decompress(body) : body;
  } catch {
    return body;
  }
}

function decodedUrl(text: string): string {
  if (!/[%+]/.test(text)) return '';
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

/** Kinesis and DynamoDB take bytes in base64. */
function decodedBase64(text: string): string {
  const encoded = text.match(/[A-Za-z0-9+/]{12,}={0,2}/g) ?? [];
  return encoded.map((each) => Buffer.from(each, 'base64').toString()).join('\n');
}
