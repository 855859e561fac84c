import type { Names } from './names.ts';

const techniquesRow = /^\| .*\[libs\/promise-workers\].*\n/m;

/**
 * Adds a row to the README's table of folders, below that of the techniques' libraries.
 *
 * @throws {Error} when there is no such row
 */
export function addRow(readme: string, { technique, library, prose }: Names): string {
  if (!techniquesRow.test(readme))
    throw new Error('README.md has no row of the libraries of the techniques.');
  const folders = [`apps/${technique}`, `libs/${library}`]
    .map((folder) => `[${folder}](${folder})`)
    .join(', ');
  return readme.replace(
    techniquesRow,
    (row) => `${row}| ${folders} | ${prose}: its function and its library |\n`,
  );
}
