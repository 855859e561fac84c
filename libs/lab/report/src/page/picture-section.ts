import { drawSvg, escapeText } from '../drawing/draw-svg.ts';
import type { FiguresTable, Picture } from '../pictures/picture.ts';

/** The width of a drawing on a desk, and on a phone, where text must not shrink with it. */
const widths = { desk: 820, phone: 360 } as const;

/** A picture, how to read it, its finding, and its table. */
export function pictureSection({ id, title, howToRead, findings, chart, figures }: Picture): string {
  const drawings = Object.entries(widths).map(([place, width]) => {
    const naming = { id: `${id}-${place}`, title, description: `${howToRead} ${findings.join(' ')}` };
    return `<div class="${place}">${drawSvg(chart(width), naming)}</div>`;
  });
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${escapeText(title)}</h2>
<p class="how">${escapeText(howToRead)}</p>
<figure>${drawings.join('\n')}</figure>
<ul class="found">${findings.map((finding) => `<li>${escapeText(finding)}</li>`).join('\n')}</ul>
<details><summary>The figures of “${escapeText(title)}”</summary>
<div class="scroll" role="region" tabindex="0" aria-label="${escapeText(title)}, as a table">${figuresTable(title, figures)}</div>
</details>
</section>`;
}

function isFigure(text: string): boolean {
  return /^[$\d][\d.]*(?: m?s| %| ×)?$/.test(text);
}

/** Figures stand below each other by their last digit, words by their first letter. */
function cellOf(text: string): string {
  return isFigure(text) ? `<td>${text}</td>` : `<td class="text">${text}</td>`;
}

/** Returns figures as an HTML table. */
export function figuresTable(title: string, { columns, rows }: FiguresTable): string {
  const head = columns
    .map((column, place) => {
      const isText = place > 0 && rows.every((row) => !isFigure(row[place] ?? ''));
      return `<th scope="col"${isText ? ' class="text"' : ''}>${escapeText(column)}</th>`;
    })
    .join('');
  const body = rows.map((row) => {
    const [first = '', ...others] = columns.map((_, place) => escapeText(row[place] ?? ''));
    return `<tr><th scope="row">${first}</th>${others.map(cellOf).join('')}</tr>`;
  });
  return `<table><caption>${escapeText(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}
