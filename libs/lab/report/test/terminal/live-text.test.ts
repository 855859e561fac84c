import { PassThrough } from 'node:stream';

import { expect, it } from 'vitest';

import { LiveText } from '../../src/terminal/live-text.ts';

function terminal(columns: number, rows: number) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { columns, rows });
  return { stream, written: () => String(stream.read() ?? '') };
}

const up = (rows: number): string => `\u001B[${rows}A`;
const clearDown = '\u001B[0J';

it('replaces the lines of the former text', () => {
  const { stream, written } = terminal(80, 24);
  const live = new LiveText(stream);
  live.update('one\ntwo');
  live.update('three');
  expect(written()).toBe(`one\ntwo\n${up(2)}${clearDown}three\n`);
});

it('counts the rows of a line that is wider than the terminal', () => {
  const { stream, written } = terminal(10, 24);
  const live = new LiveText(stream);
  live.update('x'.repeat(25));
  written();
  live.clear();
  expect(written()).toBe(up(3) + clearDown);
});

it('lets other output scroll above the text', () => {
  const { stream, written } = terminal(80, 24);
  const live = new LiveText(stream);
  live.update('table');
  live.above(() => stream.write('note\n'));
  expect(written()).toBe(`table\n${up(1)}${clearDown}note\ntable\n`);
});

it('shows no more lines than the terminal has rows, because others cannot be replaced', () => {
  const { stream, written } = terminal(80, 3);
  new LiveText(stream).update('1\n2\n3\n4');
  expect(written()).toBe('1\n2\n');
});

it('takes a terminal of 0 × 0 for one of 80 × 24', () => {
  const { stream, written } = terminal(0, 0);
  const live = new LiveText(stream);
  live.update('one');
  live.update('two');
  expect(written()).toBe(`one\n${up(1)}${clearDown}two\n`);
});
