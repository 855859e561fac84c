import { styleText } from 'node:util';

import { expect, it } from 'vitest';

import { textTable, wrapText } from '../../src/terminal/text-table.ts';

const columns = [{ head: '' }, { head: 'MB', align: 'right' }, { head: 'what', width: 9 }] as const;

it('aligns the cells of a column, and leaves no space at the end of a line', () => {
  expect(
    textTable(columns, [
      ['promises', '512', ''],
      ['both', '10240', 'x'],
    ]).split('\n'),
  ).toEqual(['             MB  what', 'promises    512', 'both      10240  x']);
});

it('wraps a column that has a width between words; a longer word keeps its length', () => {
  expect(
    textTable(columns, [['a', '1', 'one two three unbreakable']])
      .split('\n')
      .slice(1),
  ).toEqual(['a   1  one two', '       three', '       unbreakable']);
});

it('prints a string as a separate line, without moving the columns', () => {
  expect(
    textTable(columns, ['a long title of the rows below', ['a', '1', '']])
      .split('\n')
      .slice(1),
  ).toEqual(['a long title of the rows below', 'a   1']);
});

it('wraps its widest column if it is wider than the terminal, within words if it must', () => {
  const rows = [['OrdersHandlerOfTheStage12345', '1', 'x']];
  expect(textTable(columns, rows, 24).split('\n')).toEqual([
    '                MB  what',
    'OrdersHandlerO   1  x',
    'fTheStage12345',
  ]);
  expect(textTable(columns, rows, 80)).toBe(textTable(columns, rows));
});

it('wraps several columns of text, and never breaks a figure', () => {
  const texts = [{ head: '' }, { head: 'duration', align: 'right' }, { head: 'what' }] as const;
  const rows = [['orders-handler', '1,000,000', 'a long description']];
  expect(textTable(texts, rows, 29).split('\n')).toEqual([
    '           duration  what',
    'orders-h  1,000,000  a long',
    'andler               descript',
    '                     ion',
  ]);
});

it('prints a line per cell where no column can be narrower', () => {
  const figures = [
    { head: 'functions' },
    { head: 'invocations', align: 'right' },
    { head: 'failed', align: 'right' },
  ] as const;
  expect(textTable(figures, ['title of the rows', ['Orders', '12', ''], ['Bills', '3', '1']], 20)).toBe(
    [
      ...['functions', 'title of the rows', 'Orders', '  invocations: 12'],
      ...['Bills', '  invocations: 3', '  failed: 1'],
    ].join('\n'),
  );
});

it('counts no escape sequences', () => {
  const red = styleText('red', 'a', { validateStream: false });
  expect(
    textTable(columns, [
      [red, '1', ''],
      ['bb', '2', ''],
    ]),
  ).toContain(`${red}    1\nbb   2`);
});

it('has no line of heads where all are empty', () => {
  expect(textTable([{ head: '' }, { head: '' }], [['a', 'b']])).toBe('a  b');
});

it('wraps a sentence between words, and indents all lines but the first', () => {
  expect(wrapText('- one two three four', 10, '  ').split('\n')).toEqual(['- one two', '  three', '  four']);
  expect(wrapText('  one two', 6, '    ').split('\n')).toEqual(['  one', '    two']);
  expect(wrapText('- one two three four')).toBe('- one two three four');
});
