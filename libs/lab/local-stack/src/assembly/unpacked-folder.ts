import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { LabError, temporaryFolder } from '@parallel-lambda/local-lambda';
import { unzipSync } from 'fflate';

/**
 * Returns the folder of a deployment package or a layer: the folder itself, or one into which a zip file is unpacked.
 *
 * @param place absolute
 * @returns nothing if there is neither
 * @throws {LabError} `failure`, if the zip file cannot be read, or has entries outside of its folder
 */
export function unpackedFolder(place: string): string | undefined {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return place;
  if (!stats?.isFile() || !place.endsWith('.zip')) return undefined;
  const identity = `${place} ${stats.size} ${stats.mtimeMs}`;
  return temporaryFolder(path.basename(place, '.zip'), identity, (folder) => {
    unpack(place, folder);
  });
}

function unpack(file: string, folder: string): void {
  const { entries, links } = readZip(file);
  const outside = Object.keys(entries).filter((name) => !isWithin(folder, path.join(folder, name)));
  if (outside.length > 0) {
    const named = outside.slice(0, 3).join(', ') + (outside.length > 3 ? ', …' : '');
    throw new LabError(
      'failure',
      `${file} has entries that would be unpacked outside of its folder: ${named}. Package it again.`,
    );
  }
  for (const [name, content] of Object.entries(entries)) {
    const target = path.join(folder, name);
    if (name.endsWith('/')) {
      mkdirSync(target, { recursive: true });
    } else if (!links.has(name)) {
      mkdirSync(path.dirname(target), { recursive: true });
      // A package may hold programs, and the modes of its files are not read.
      writeFileSync(target, content, { mode: 0o755 });
    }
  }
  // They come last, so that no file is written through a link.
  for (const name of links) {
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    symlinkSync(Buffer.from(entries[name] ?? []).toString(), target);
  }
}

function isWithin(folder: string, target: string): boolean {
  return target === folder || target.startsWith(folder + path.sep);
}

interface Zip {
  readonly entries: Readonly<Record<string, Uint8Array>>;
  /** The names of entries that are symbolic links. */
  readonly links: ReadonlySet<string>;
}

function readZip(file: string): Zip {
  try {
    const zip = readFileSync(file);
    return { entries: unzipSync(zip), links: linksOf(zip) };
  } catch (cause) {
    const sentence = `${file} is not a zip file that can be read: ${(cause as Error).message}. Package it again.`;
    throw new LabError('failure', sentence, { cause });
  }
}

/** Marks an entry of the central directory. */
const entryMark = 0x02014b50;
const unix = 3;

/**
 * Reads which entries are symbolic links, which fflate does not.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT section 4.3.12
 */
function linksOf(zip: Buffer): ReadonlySet<string> {
  const links = new Set<string>();
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  let at = zip.readUInt32LE(end + 16);
  while (at + 46 <= end && zip.readUInt32LE(at) === entryMark) {
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const mode = zip.readUInt32LE(at + 38) >>> 16;
    if (zip[at + 5] === unix && (mode & 0o170000) === 0o120000)
      links.add(zip.toString('utf8', at + 46, nameEnd));
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return links;
}
