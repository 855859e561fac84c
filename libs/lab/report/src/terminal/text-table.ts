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

/** Columns that a wrapped column of text keeps, however narrow the terminal is. */
const minWrapped = 8;

/** A row of cells, each of one or more lines; a string is a full line. */
type Lines = readonly (readonly string[])[] | string;

/**
 * Aligns cells in columns, without borders, for a terminal or a pipe. Without heads there is no line for them.
 *
 * @param rows a string is a full line, such as the title of the rows below it
 * @param maxWidth columns of the terminal: a wider table has its widest columns wrapped, or a line per cell if that is not
 *   enough. @default no limit
 */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[] | string)[],
  maxWidth = Infinity,
): string {
  const heads = columns.map(({ head }) => head);
  const headed = heads.every((head) => head === '') ? rows : [heads, ...rows];
  const lines = wrapCells(headed, columns);
  const natural = widthsOf(lines, columns);
  if (total(natural) <= maxWidth) return join(lines, columns, natural);
  const widths = shrink(natural, leastWidths(headed, columns), maxWidth);
  if (!widths) return stacked(columns, rows, maxWidth);
  const narrower = columns.map((column, place) => {
    const width = widths[place] ?? 0;
    return width < (natural[place] ?? 0) ? { ...column, width } : column;
  });
  const broken = headed.map((row) =>
    typeof row === 'string'
      ? wrapText(row, maxWidth)
      : row.map((cell, place) => breakWords(cell, narrower[place]?.width)),
  );
  const wrapped = wrapCells(broken, narrower);
  return join(wrapped, narrower, widthsOf(wrapped, narrower));
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + gap.length, -gap.length);
}

/** Figures are never broken, and of a text a few columns are kept. */
function leastWidths(
  rows: readonly (readonly string[] | string)[],
  columns: readonly TextColumn[],
): readonly number[] {
  return columns.map(({ align }, place) => {
    const cells = rows.flatMap((row) => (typeof row === 'string' ? [] : (row[place] ?? '')));
    return align === 'right'
      ? Math.max(...cells.flatMap((cell) => cell.split(' ')).map(widthOf))
      : minWrapped;
  });
}

/** Shortens the widest columns to the maximum width; not at all if that is not enough. */
function shrink(
  widths: readonly number[],
  least: readonly number[],
  maxWidth: number,
): readonly number[] | undefined {
  const narrower = [...widths];
  for (let excess = total(widths) - maxWidth; excess > 0; excess -= 1) {
    const spare = narrower.map((width, place) => (width > (least[place] ?? 0) ? width : 0));
    const widest = Math.max(...spare);
    if (widest === 0) return undefined;
    narrower[spare.indexOf(widest)] = widest - 1;
  }
  return narrower;
}

/** A line per cell, below the first cell of its row. */
function stacked(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[] | string)[],
  maxWidth: number,
): string {
  const [title, ...heads] = columns.map(({ head }) => head);
  const lines = rows.flatMap((row) => {
    if (typeof row === 'string') return row;
    const [name = '', ...cells] = row;
    const indent = name.slice(0, name.length - name.trimStart().length) + gap;
    const named = cells.map((cell, place) => [heads[place] ?? '', cell] as const);
    return [
      name,
      ...named.flatMap(([head, cell]) =>
        cell === '' ? [] : `${indent}${head === '' ? '' : `${head}: `}${cell.trim()}`,
      ),
    ];
  });
  return [...(title ? [title] : []), ...lines].map((line) => wrapText(line, maxWidth, '    ')).join('\n');
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
  const words = text.trimStart();
  const start = text.slice(0, text.length - words.length);
  const lines = [''];
  for (const word of words.split(' ')) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    const room = width - (lines.length === 1 ? start.length : indent);
    if (last !== '' && widthOf(longer) > room) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return [`${start}${lines[0] ?? ''}`, ...lines.slice(1)];
}

/** Breaks words that are longer than a width; a styled word stays whole. */
function breakWords(text: string, width = Infinity): string {
  if (width === Infinity) return text;
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
