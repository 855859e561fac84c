import { stripVTControlCharacters } from 'node:util';

/** A column of a text table. */
export interface TextColumn {
  readonly head: string;
  /** @default left */
  readonly align?: 'right';
  /** Characters: longer cells are wrapped between words. @default no limit */
  readonly width?: number;
}

const gap = '  ';

/** Columns that a wrapped column of a table keeps, however narrow the terminal is. */
const minWrapped = 8;

/** A row of cells, each of one or more lines; a string is a full line. */
type Lines = readonly (readonly string[])[] | string;

/**
 * Aligns cells in columns, without borders, for a terminal or a pipe. Without heads there is no line for them.
 *
 * @param rows a string is a full line, such as the title of the rows below it
 * @param maxWidth columns of the terminal: a wider table has its widest column wrapped. @default no limit
 */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[] | string)[],
  maxWidth = Infinity,
): string {
  const heads = columns.map(({ head }) => head);
  const headed = heads.every((head) => head === '') ? rows : [heads, ...rows];
  const lines = wrapCells(headed, columns);
  const widths = widthsOf(lines, columns);
  const excess = widths.reduce((sum, width) => sum + width + gap.length, -gap.length) - maxWidth;
  if (excess <= 0) return join(lines, columns, widths);
  const widest = widths.indexOf(Math.max(...widths));
  const width = Math.max(minWrapped, (widths[widest] ?? 0) - excess);
  const narrower = columns.map((column, place) => (place === widest ? { ...column, width } : column));
  const broken = headed.map((row) =>
    typeof row === 'string'
      ? row
      : row.map((cell, place) => (place === widest ? breakWords(cell, width) : cell)),
  );
  const wrapped = wrapCells(broken, narrower);
  return join(wrapped, narrower, widthsOf(wrapped, narrower));
}

function wrapCells(
  rows: readonly (readonly string[] | string)[],
  columns: readonly TextColumn[],
): readonly Lines[] {
  return rows.map((row) =>
    typeof row === 'string' ? row : row.map((cell, place) => wrap(cell, columns[place]?.width)),
  );
}

function widthsOf(rows: readonly Lines[], columns: readonly TextColumn[]): readonly number[] {
  return columns.map((_, place) =>
    Math.max(...rows.flatMap((row) => (typeof row === 'string' ? 0 : (row[place] ?? ['']).map(widthOf)))),
  );
}

function join(rows: readonly Lines[], columns: readonly TextColumn[], widths: readonly number[]): string {
  return rows.flatMap((row) => (typeof row === 'string' ? row : linesOf(row, columns, widths))).join('\n');
}

function linesOf(
  row: readonly (readonly string[])[],
  columns: readonly TextColumn[],
  widths: readonly number[],
): readonly string[] {
  const height = Math.max(...row.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map(({ align }, place) => {
        const text = row[place]?.[line] ?? '';
        const space = ' '.repeat((widths[place] ?? 0) - widthOf(text));
        return align === 'right' ? space + text : text + space;
      })
      .join(gap)
      .trimEnd(),
  );
}

/**
 * Wraps text between words.
 *
 * @param width columns. @default not wrapped
 * @param indent of all lines but the first
 */
export function wrapText(text: string, width = Infinity, indent = ''): string {
  const [first = '', ...others] = wrap(text, width, indent.length);
  return [first, ...others.map((line) => indent + line)].join('\n');
}

/** @param indent columns that all lines but the first have less */
function wrap(text: string, width = Infinity, indent = 0): readonly string[] {
  if (width === Infinity) return [text];
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    const room = lines.length === 1 ? width : width - indent;
    if (last !== '' && widthOf(longer) > room) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
/** Breaks words that are longer than a width; a styled word stays whole. */
function breakWords(text: string, width: number): string {
  const pieces = new RegExp(`.{1,${width}}`, 'g');
  return text
    .split(' ')
    .flatMap((word) => (word === stripVTControlCharacters(word) ? (word.match(pieces) ?? word) : word))
    .join(' ');
}

/** Every character that the lab prints is one column wide. */
function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
