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

/**
 * Aligns cells in columns, without borders, for a terminal or a pipe. Without heads there is no line for them.
 *
 * @param rows a string is a line of its own, such as the title of the rows below it
 */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[] | string)[],
): string {
  const heads = columns.map(({ head }) => head);
  const headed = heads.every((head) => head === '') ? rows : [heads, ...rows];
  const cells = headed.map((row) =>
    typeof row === 'string' ? row : row.map((cell, place) => wrap(cell, columns[place]?.width)),
  );
  const widths = columns.map((_, place) =>
    Math.max(...cells.flatMap((row) => (typeof row === 'string' ? 0 : (row[place] ?? ['']).map(widthOf)))),
  );
  return cells.flatMap((row) => (typeof row === 'string' ? row : linesOf(row, columns, widths))).join('\n');
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

/** Every character that the lab prints is one column wide. */
function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
