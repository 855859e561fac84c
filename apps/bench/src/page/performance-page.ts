import type { PagePicture } from '../growth/growth-picture.ts';
import type { Measurements } from '../measurements.ts';
import { aimsTable } from './aims-table.ts';
import { atATimeTable, mediansTable } from './medians-table.ts';
import { memoryTable } from './memory-table.ts';

/** Where the page holds what is made of the measurements. */
const section = /(<!-- measured: ([a-z -]+) -->\n)[^]*?(<!-- end of what was measured -->)/g;

/**
 * The page on performance with everything in it that follows from the measurements made anew; its other text stays.
 *
 * @throws when it has a section of which nothing is known
 */
export function fillPage(page: string, measurements: Measurements, pictures: readonly PagePicture[]): string {
  return page.replaceAll(section, (_, begin: string, name: string, end: string) => {
    const content = contentOf(name, measurements, pictures);
    return `${begin}\n${content}\n\n${end}`;
  });
}

function contentOf(name: string, measurements: Measurements, pictures: readonly PagePicture[]): string {
  if (name === 'circumstances') return circumstances(measurements);
  if (name === 'medians') return mediansTable(measurements);
  if (name === 'at a time') return atATimeTable(measurements);
  if (name === 'memory') return memoryTable(measurements);
  if (name === 'aims') return aimsTable(measurements);
  if (name === 'growth') return pictures.map(asSection).join('\n\n');
  throw new Error(`Nothing that is called ${name} is made of measurements`);
}

function asSection({ id, title, howToRead, findings }: PagePicture): string {
  return `### ${title}\n\n![${title}](pictures/${id}.svg)\n\n${howToRead}\n\n**Here:** ${findings.join(' ')}`;
}

function circumstances({ node, machine, memoryMb, measured }: Measurements): string {
  const runs = measured.flatMap(({ series }) => series.map(({ durationsMs }) => durationsMs.length));
  const days = measured.map(({ takenAt }) => takenAt.slice(0, 10)).sort();
  const commits = [...new Set(measured.map(({ commit }) => `\`${commit}\``))];
  const [first, last] = [days[0], days.at(-1)];
  return (
    `Medians in milliseconds of ${Math.min(...runs)} to ${Math.max(...runs)} runs: ${machine}, Node ${node.slice(1)}, functions of ` +
    `${memoryMb.toLocaleString('en')} MB, ${first === last ? first : `${first} to ${last}`}, of the commit${commits.length === 1 ? '' : 's'} ${commits.join(', ')}.`
  );
}
