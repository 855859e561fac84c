import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it } from 'vitest';

import { makeProject, ordersTemplate, type Project } from './project.ts';

const main = path.resolve(import.meta.dirname, '../../src/main.ts');
const wait = { timeout: 20_000 };

const files = {
  'template.yaml': ordersTemplate,
  'orders/index.js': `exports.handler = async ({ Records }) => { console.log('placing', Records[0].body); };`,
};

/** Output of a served stack, and the queue that its function reads. */
interface Serving extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly shown: () => string;
  /** Sends a message to the function. */
  readonly send: (body: string) => Promise<void>;
  /** Ends it by Ctrl-C or a signal, and returns its exit code. */
  readonly end: (stop: () => void) => Promise<number | null>;
}

async function serving(project: Project, file: string, args: readonly string[]): Promise<Serving> {
  const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, TERM: 'xterm' };
  const child = spawn(file, args, { cwd: project.folder, env });
  let shown = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      shown += data.toString();
    });
  }
  const endpoint = () => /http:\/\/127\.0\.0\.1:\d+/.exec(shown)?.[0];
  await expect.poll(endpoint, wait).toBeDefined();
  return {
    child,
    shown: () => shown,
    async send(MessageBody) {
      const headers = {
        'X-Amz-Target': 'AmazonSQS.SendMessage',
        'Content-Type': 'application/x-amz-json-1.0',
      };
      const QueueUrl = `${endpoint() ?? ''}/000000000000/Incoming`;
      const body = JSON.stringify({ QueueUrl, MessageBody });
      const answer = await fetch(endpoint() ?? '', { method: 'POST', headers, body });
      expect(answer.status).toBe(200);
    },
    async end(stop) {
      const closed = once(child, 'close');
      stop();
      await closed;
      return child.exitCode;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** Serves a project on a pseudo terminal, which the program script of util-linux opens. */
async function onTerminal(project: Project, columns: number): Promise<Serving> {
  const command = `stty cols ${columns} rows ${columns === 0 ? 0 : 24}; exec '${process.execPath}' '${main}' serve --port 0 --assembly template.yaml`;
  return serving(project, 'script', ['-qefc', command, '/dev/null']);
}

const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

describe.skipIf(!hasScript)('on a terminal', () => {
  it('the key l shows and hides the logs of functions, and Ctrl-C stops', async () => {
    await using project = await makeProject(files);
    await using stack = await onTerminal(project, 80);
    await expect.poll(stack.shown, wait).toContain("l shows the functions' logs, Ctrl-C stops");
    await stack.send('first');
    await expect.poll(stack.shown, wait).toMatch(/Orders +\d+ +\d+ +1 +0/);
    expect(stack.shown()).not.toContain('placing first');
    stack.child.stdin?.write('l');
    await expect.poll(stack.shown, wait).toContain("l hides the functions' logs");
    await stack.send('second');
    await expect.poll(stack.shown, wait).toContain('placing second');
    expect(await stack.end(() => stack.child.stdin?.write('\u0003'))).toBe(0);
  });

  it.each([80, 40])('no line is wider than %i columns, except for URLs and exports', async (columns) => {
    await using project = await makeProject(files);
    await using stack = await onTerminal(project, columns);
    await expect.poll(stack.shown, wait).toMatch(/l shows the functions'/);
    expect(await stack.end(() => stack.child.stdin?.write('\u0003'))).toBe(0);
    const lines = stripVTControlCharacters(stack.shown()).split(/\r?\n/);
    expect(lines.filter((line) => !/^export |https?:/.test(line) && line.length > columns)).toEqual([]);
  });

  it('without a size it shows the same, and stops', async () => {
    await using project = await makeProject(files);
    await using stack = await onTerminal(project, 0);
    await stack.send('first');
    await expect.poll(stack.shown, wait).toMatch(/Orders +\d+ +\d+ +1 +0/);
    expect(stack.shown().length).toBeLessThan(100_000);
    expect(await stack.end(() => stack.child.stdin?.write('\u0003'))).toBe(0);
  });
});

describe('without a terminal', () => {
  const serve = [main, 'serve', '--port', '0', '--assembly', 'template.yaml'];

  it('logs go to stderr, without colours and control characters', async () => {
    await using project = await makeProject(files);
    await using stack = await serving(project, process.execPath, serve);
    await stack.send('first');
    await expect.poll(stack.shown, wait).toMatch(/^Orders [\da-f]{8} \| .*placing first$/m);
    await expect.poll(stack.shown, wait).toContain('Orders responded after');
    expect(stack.shown()).not.toContain('\u001b');
    expect(await stack.end(() => stack.child.kill('SIGTERM'))).toBe(0);
  });

  it('--logs appends them to a file instead', async () => {
    await using project = await makeProject({ ...files, 'orders.log': 'of before\n' });
    await using stack = await serving(project, process.execPath, [...serve, '--logs', 'orders.log']);
    await stack.send('first');
    await expect.poll(stack.shown, wait).toContain('Orders responded after');
    expect(await stack.end(() => stack.child.kill('SIGINT'))).toBe(0);
    const log = await readFile(path.join(project.folder, 'orders.log'), 'utf8');
    expect(log).toMatch(/^of before\nOrders [\da-f]{8} \| START/);
    expect(log).toMatch(/^Orders [\da-f]{8} \| .*placing first$/m);
    expect(stack.shown()).not.toContain('placing first');
  });
});
