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

/** Returns the files of a folder by their paths in it. */
function filesOf(folder: string): readonly string[] {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => path.relative(folder, path.join(file.parentPath, file.name)));
}

describeFunctions((definition) => {
  const { codeFolder } = definition;
  const entries = hasThreads(definition) ? ['entry/worker.js', 'handler.js', 'work.js'] : ['handler.js'];

  describe('the built folder', () => {
    it('runs without any file outside of it', async () => {
      await using copy = await mkdtempDisposable(path.join(tmpdir(), 'function-'));
      await cp(codeFolder, copy.path, { recursive: true });
      await using local = start({ ...definition, codeFolder: copy.path });
      const bodies = times(10, (index) =>
        index === 4 ? { fail: true } : [{ wait: 1 }, { hash: 4 }, { scrypt: 1 }],
      );
      expect(failedIds(await local.invoke(sqsEvent(messages(...bodies))))).toEqual(['m5']);
    });

    it.each(entries)('holds %s, which the function starts from', (entry) => {
      expect(filesOf(codeFolder)).toContain(entry);
    });

    it('holds a source map of every module, without the sources', async () => {
      const modules = filesOf(codeFolder).filter((file) => file.endsWith('.js'));
      expect(modules).not.toEqual([]);
      for (const file of modules) {
        const map = await readJson(path.join(codeFolder, `${file}.map`));
        expect(map).not.toHaveProperty('sourcesContent');
        await expect(readFile(path.join(codeFolder, file), 'utf8')).resolves.toContain(
          `//# sourceMappingURL=${path.basename(file)}.map`,
        );
      }
    });

    it('keeps what only some messages need out of the handler', () => {
      expect(filesOf(codeFolder).filter((file) => /^bcryptjs-\w+\.js$/.test(file))).toHaveLength(1);
    });

    it('is of ES modules', async () => {
      await expect(readJson(path.join(codeFolder, 'package.json'))).resolves.toMatchObject({
        type: 'module',
      });
    });
  });
});
