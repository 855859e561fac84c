import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { runLab } from './run-lab.ts';

describe('how the lab ends', () => {
  it('is 0 after help, which goes to stdout', async () => {
    const { code, stdout, stderr } = await runLab(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: lab');
  });

  it.each([
    ['a wrong option', ['invoke', 'promises', '--workers', '0'], "'--workers <N>' argument '0' is invalid"],
    ['an unknown command', ['dance'], "unknown command 'dance'"],
    ['no command', [], 'Usage: lab'],
    ['an event that is not there', ['invoke', 'promises', '--event', '/no/such/file'], '/no/such/file'],
  ])('is 2 after %s, and stdout stays empty', async (_, argv, expected) => {
    const { code, stdout, stderr } = await runLab(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(expected);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it('is 2 after an event on stdin that is not JSON', async () => {
    const { code, stdout, stderr } = await runLab(['invoke', 'promises', '--event', '-'], '{"Records":');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^lab: The event on stdin is not JSON: .+\n$/);
  });

  it('is 2 after an event in a file that is not JSON, which is named', async () => {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'lab-'));
    const file = path.join(folder.path, 'event.json');
    await writeFile(file, 'Records: []');
    const { code, stdout, stderr } = await runLab(['invoke', 'promises', '--event', file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`lab: The event ${file} is not JSON: `);
  });
});
