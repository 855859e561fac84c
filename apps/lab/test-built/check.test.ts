import { execFile } from 'node:child_process';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { builtFunctions } from './built-functions.ts';

interface Finding {
  readonly name: string;
  readonly passed: boolean;
}

const main = path.resolve(import.meta.dirname, '../src/main.ts');
const fixtures = path.join(import.meta.dirname, 'fixtures/check');

// They wait more than they work.
describe.concurrent('lab check', { timeout: 90_000 }, () => {
  it.each(builtFunctions.map(({ name, codeFolder, handler }) => [name, codeFolder, handler] as const))(
    'finds nothing wrong with %s',
    async (_, codeFolder, handler) => {
      const { code, stdout } = await lab(
        'check',
        codeFolder,
        '--handler',
        handler,
        '--json',
        '--memory',
        '3538',
      );
      expect(failed(stdout)).toEqual([]);
      expect(code).toBe(0);
    },
  );

  it.each([
    [
      'by-hand',
      [
        'loses only the message that hangs, not the batch',
        'keeps the order in a FIFO group',
        'works on FIFO groups in parallel',
        'stops a FIFO group at its first failure',
      ],
    ],
    [
      'powertools',
      [
        'is bounded',
        'loses only the message that hangs, not the batch',
        'keeps the order in a FIFO group',
        'works on FIFO groups in parallel',
        'stops a FIFO group at its first failure',
      ],
    ],
    [
      'hasty',
      [
        'is bounded',
        'reports just the messages that failed',
        'takes a body that it cannot read for a failed message',
        'lets nothing run on after its response',
        'loses only the message that hangs, not the batch',
        'keeps the order in a FIFO group',
        'works on FIFO groups in parallel',
        'stops a FIFO group at its first failure',
        'takes an event that is no batch for an error',
      ],
    ],
  ])('finds what %s does not keep', async (name, broken) => {
    const { code, stdout } = await lab('check', fixtures, '--handler', `${name}.handler`, '--json');
    expect(failed(stdout)).toEqual(broken);
    expect(code).toBe(1);
  });

  it('refuses a folder in which there is no handler', async () => {
    const { code, stderr } = await lab('check', fixtures);
    expect(stderr).toContain('name the handler by --handler');
    expect(code).toBe(2);
  });
});

function failed(scorecard: string): readonly string[] {
  return (JSON.parse(scorecard) as Finding[]).filter(({ passed }) => !passed).map(({ name }) => name);
}

function lab(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
