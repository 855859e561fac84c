import type { Measurements } from '@parallel-lambda/report';

import { comparison } from '../cases.ts';
import { memoryMb } from '../functions.ts';
import type { PagePicture } from '../growth/growth-picture.ts';
import { fillSections } from './fill-sections.ts';
import { resultsTable, summaryTable } from './results-table.ts';

/**
 * Fills in the generated parts of a page, and leaves its other text.
 *
 * @throws {LabError} `failure`, if the page has an unknown part
 */
export function fillPage(page: string, measurements: Measurements, pictures: readonly PagePicture[]): string {
  return fillSections(page, (name) => {
    const picture = pictures.find(({ id }) => id === name);
    return picture ? withText(picture) : contentOf(name, measurements);
  });
}

function contentOf(name: string, measurements: Measurements): string | undefined {
  if (name === 'results') return resultsTable(measurements);
  if (name === 'summary') return summaryTable(measurements);
  return name === 'conditions' ? conditions(measurements) : undefined;
}

function withText({ id, title, howToRead, findings }: PagePicture): string {
  return `![${title}](pictures/${id}.svg)\n\n${findings.join(' ')}\n\n_How to read it:_ ${howToRead}`;
}

function conditions({ node, machine, takenAt, commit, series, samples }: Measurements): string {
  const names = comparison.map(({ name }) => name);
  const counts = series
    .filter(({ workload }) => names.includes(workload))
    .map(({ id }) => samples.filter((sample) => sample.series === id).length);
  return (
    `Median milliseconds of ${Math.min(...counts)} to ${Math.max(...counts)} interleaved runs. Functions of ` +
    `${memoryMb.toLocaleString('en')} MB on ${machine?.cpus} × ${machine?.cpu}, Node.js ${node.slice(1)}, ` +
    `${takenAt.slice(0, 10)}, commit \`${commit}\`.`
  );
}
