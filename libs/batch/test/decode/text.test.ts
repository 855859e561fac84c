import { gzipSync } from 'node:zlib';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { base64, gunzip, json, utf8 } from '../../src/decode/index.ts';
import { InvalidMessageError } from '../../src/index.ts';
import { bytesOf, decoded, message } from './decoded.ts';

describe('utf8', () => {
  it.each([
    ['text', 'text'],
    ['\uFEFFtext', 'text'],
    ['\uFEFF', ''],
    ['', ''],
    ['in \uFEFF between', 'in \uFEFF between'],
  ])('decodes %j without the byte order mark', (text, expected) => {
    expect(decoded(utf8, text)).toBe(expected);
  });

  it.each([
    ['a lone byte', [0xff]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00]],
    ['a character cut off', [0xc3]],
  ])('refuses %s', (_, bytes) => {
    expect(() => utf8(Uint8Array.from(bytes), message)).toThrow(
      new InvalidMessageError('Message a is not UTF-8. Decode its bytes'),
    );
  });
});

describe('json', () => {
  it('parses JSON, also after a byte order mark', () => {
    for (const text of ['{"a":[1]}', '\uFEFF{"a":[1]}', ' \n{"a":[1]}\t']) {
      expect(decoded(json, text)).toEqual({ a: [1] });
    }
  });

  it.each(['', '\uFEFF', '{', '\uFEFF\uFEFF{}'])('refuses %j', (text) => {
    expect(() => json(text, message)).toThrow(InvalidMessageError);
    expect(() => json(text, message)).toThrow('Message a must be JSON, not ');
  });
});

describe('base64', () => {
  it('decodes what was encoded, in either alphabet, also in lines and without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        const lines = text.replace(/.{7}/g, '$&\r\n');
        const url = Buffer.from(bytes).toString('base64url');
        for (const form of [text, lines, url, `\uFEFF${text}`]) {
          expect([...base64(form, message)]).toEqual([...bytes]);
          expect([...base64(bytesOf(form), message)]).toEqual([...bytes]);
        }
      }),
      { seed: 20_261_128 },
    );
  });

  it.each(['{"a":1}', 'YQ=a', 'YQ===', 'a', 'ä', 'YWJj!'])(
    'refuses %j, which Buffer.from would mangle',
    (text) => {
      expect(() => base64(text, message)).toThrow(InvalidMessageError);
      expect(() => base64(text, message)).toThrow('Message a must be base64, not ');
    },
  );
});

describe('gunzip', () => {
  it('decompresses', () => {
    const text = 'ä'.repeat(100_000);
    expect(Buffer.from(gunzip(gzipSync(text), message)).toString()).toBe(text);
  });

  it.each([
    ['something else', bytesOf('text')],
    ['nothing', new Uint8Array()],
    ['a part', gzipSync('text').subarray(0, -4)],
  ])('refuses %s', (_, bytes) => {
    expect(() => gunzip(bytes, message)).toThrow(InvalidMessageError);
    expect(() => gunzip(bytes, message)).toThrow('Message a cannot be decompressed as gzip: ');
  });

  it('refuses a text and names the missing part', () => {
    expect(() => gunzip('H4sI' as unknown as Uint8Array, message)).toThrow('Decode base64 before gzip');
  });

  it('refuses more than 64 MiB: one message must not fill the memory of all', () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 26 + 1));
    expect(bomb.length).toBeLessThan(100_000);
    expect(() => gunzip(bomb, message)).toThrow(InvalidMessageError);
  });
});
