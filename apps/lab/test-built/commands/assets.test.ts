import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { builtFunctions } from '../built-functions.ts';

/** Bytes of a zip beside the content and twice the name of each file, and at its end. */
const zip = { file: 30 + 46, end: 22 };

/** Every file of a function counts: Lambda is given all of its folder, source maps included. */
async function zippedBytes(folder: string): Promise<number> {
  const entries = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = entries.map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    const name = Buffer.byteLength(path.relative(folder, file));
    return zip.file + 2 * name + deflateRawSync(await readFile(file)).length;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, zip.end);
}

describe('zipped, source maps included,', () => {
  it.each([
    ['promises', 76_000],
    ['worker-threads', 113_000],
    ['effect-fibers', 121_000],
  ])('%s takes less than %d bytes', async (name, limit) => {
    const built = builtFunctions.find((definition) => definition.name === name);
    expect(await zippedBytes(built?.codeFolder ?? '')).toBeLessThan(limit);
  });
});
