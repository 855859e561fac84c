import { globSync } from 'node:fs';
import { cp, mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { failedIds } from './failed-ids.ts';
import { hasThreads } from './has-threads.ts';
import { messages } from './messages.ts';
import { sqsEvent } from './sqs-event.ts';
import { start } from './start.ts';
import { times } from './times.ts';

async function readJson(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
}

describeFunctions((definition) => {
  const { codeFolder } = definition;
  const entries = hasThreads(definition) ? ['entry/worker.js', 'handler.js', 'work.js'] : ['handler.js'];

  describe('the built folder', () => {
    it('needs nothing outside of it', async () => {
      await using copy = await mkdtempDisposable(path.join(tmpdir(), 'function-'));
      await cp(codeFolder, copy.path, { recursive: true });
      await using local = start({ ...definition, codeFolder: copy.path });
      const bodies = times(10, (index) =>
        index === 4 ? { fail: true } : [{ wait: 1 }, { hash: 4 }, { scrypt: 1 }],
      );
      expect(failedIds(await local.invoke(sqsEvent(messages(...bodies))))).toEqual(['m5']);
    });

    it('holds what the function starts from, each with its source map, and what it reads later', () => {
      const files = globSync('**/*', { cwd: codeFolder, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => path.relative(codeFolder, path.join(file.parentPath, file.name)));
      const expected = entries.flatMap((entry) => [entry, `${entry}.map`]);
      // What is read only when a message hashes, and is none of our sources.
      expect(files.sort()).toEqual([...expected, 'bcryptjs.js', 'package.json'].sort());
    });

    it.each(entries)(
      'has a source map of %s that names our sources and holds none of them',
      async (entry) => {
        const map = await readJson(path.join(codeFolder, `${entry}.map`));
        const sources = map.sources as readonly string[];
        expect(sources).not.toEqual([]);
        expect(sources.filter((source) => !/^(\.\.\/)+(?:libs\/[\w-]+\/)?src\//.test(source))).toEqual([]);
        expect(map).not.toHaveProperty('sourcesContent');
        await expect(readFile(path.join(codeFolder, entry), 'utf8')).resolves.toContain(
          `//# sourceMappingURL=${path.basename(entry)}.map`,
        );
      },
    );

    it('is of ES modules', async () => {
      await expect(readJson(path.join(codeFolder, 'package.json'))).resolves.toMatchObject({
        type: 'module',
      });
    });
  });
});
