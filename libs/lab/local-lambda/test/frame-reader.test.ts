import { describe, expect, it } from 'vitest';

import { FrameReader } from '../src/log/frame-reader.ts';
import { LineReader } from '../src/log/line-reader.ts';

describe('reading the frames of a log', () => {
  const text = frame('one\n');
  const several = Buffer.concat([
    text,
    frame('zw\u00f6lf\nin two lines\n'),
    frame(''),
    frame('{"a":1}', 0xa55a000e),
  ]);
  const entries = ['one', 'zw\u00f6lf\nin two lines', '', '{"a":1}'];

  it('gives the same entries however the bytes are cut', () => {
    for (let size = 1; size <= several.length; size += 1) {
      const read: string[] = [];
      const reader = new FrameReader((entry) => read.push(entry));
      for (let at = 0; at < several.length; at += size) reader.read(several.subarray(at, at + size));
      reader.flush();
      expect(read).toEqual(entries);
    }
  });

  it('returns the part of a frame whose writer has ended', () => {
    const read: string[] = [];
    const reader = new FrameReader((entry) => read.push(entry));
    reader.read(text);
    reader.read(frame('cut off').subarray(0, -4));
    reader.flush();
    expect(read).toEqual(['one', 'cut']);
  });

  it('shows lines outside of frames as text', () => {
    const read: string[] = [];
    const reader = new FrameReader((entry) => read.push(entry));
    reader.read(Buffer.from('written past the runtime\nby hand'));
    reader.flush();
    expect(read).toEqual(['written past the runtime', 'by hand']);
  });
});

describe('reading lines', () => {
  it('gives the same entries however the bytes are cut', () => {
    const bytes = Buffer.from('one\n\nzw\u00f6lf\r\nwithout end');
    for (let size = 1; size <= bytes.length; size += 1) {
      const read: string[] = [];
      const reader = new LineReader((entry) => read.push(entry));
      for (let at = 0; at < bytes.length; at += size) reader.read(bytes.subarray(at, at + size));
      reader.flush();
      expect(read).toEqual(['one', '', 'zw\u00f6lf', 'without end']);
    }
  });

  it('cuts a line without end after 256 KB', () => {
    const read: string[] = [];
    const reader = new LineReader((entry) => read.push(entry));
    for (let n = 0; n < 10; n += 1) reader.read(Buffer.alloc(64 * 1024, 'x'));
    reader.flush();
    expect(read.map((entry) => entry.length)).toEqual([256 * 1024, 256 * 1024, 128 * 1024]);
  });
});

/** Returns a frame as a runtime writes it: type, length and time, then the entry. */
function frame(entry: string, type = 0xa55a000f): Buffer {
  const bytes = Buffer.from(entry);
  const head = Buffer.alloc(16);
  head.writeUInt32BE(type);
  head.writeUInt32BE(bytes.length, 4);
  head.writeBigInt64BE(1_800_000_000_000_000n, 8);
  return Buffer.concat([head, bytes]);
}
