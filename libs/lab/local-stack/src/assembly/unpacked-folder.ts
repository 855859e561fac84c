import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { LabError, temporaryFolder } from '@parallel-lambda/local-lambda';
import { unzipSync } from 'fflate';

/**
 * Returns the folder of a deployment package: the folder itself, or one into which a zip file is unpacked.
 *
 * @param place absolute
 * @returns nothing if there is neither
 * @throws {LabError} `failure`, if the zip file cannot be read
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
  for (const [name, content] of Object.entries(readZip(file))) {
    const target = path.join(folder, name);
    if (!target.startsWith(folder + path.sep)) continue;
    if (name.endsWith('/')) {
      mkdirSync(target, { recursive: true });
    } else {
      mkdirSync(path.dirname(target), { recursive: true });
      // A package may hold programs, and the modes of its files are not read.
      writeFileSync(target, content, { mode: 0o755 });
    }
  }
}

function readZip(file: string): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(readFileSync(file));
  } catch (cause) {
    const sentence = `${file} is not a zip file that can be read: ${(cause as Error).message}. Package it again.`;
    throw new LabError('failure', sentence, { cause });
  }
}
