import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { contextOf, messageOf } from './messages.ts';

beforeEach(() => {
  vi.resetModules();
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Returns the log lines and the end of a message with these steps. */
async function logOf(steps: unknown, timeline?: string): Promise<{ lines: string[]; failure: unknown }> {
  vi.stubEnv('TIMELINE', timeline);
  const lines: string[] = [];
  vi.spyOn(console, 'info').mockImplementation((line: string) => lines.push(line));
  // Loaded again: the variable is read once.
  const { work } = await import('../src/index.ts');
  const failure: unknown = await work(messageOf(JSON.stringify(steps)), contextOf()).catch((e: unknown) => e);
  return { lines, failure };
}

test('without TIMELINE nothing is logged', async () => {
  expect(await logOf([{ wait: 0 }, { hash: 4 }])).toEqual({ lines: [], failure: undefined });
});

test('with another value than on, nothing is logged', async () => {
  expect((await logOf([{ wait: 0 }], 'off')).lines).toEqual([]);
});

test('with it each step logs a line with its kind, its thread, its start and its end', async () => {
  const before = Date.now();
  const { lines } = await logOf([{ wait: 1 }, { hash: 4 }, { scrypt: 1 }], 'on');
  const spans = lines.map((line) => (JSON.parse(line) as { span: Record<string, unknown> }).span);
  const own = { message: 'message-1', thread: expect.any(Number) as number };
  expect(spans).toMatchObject([
    { ...own, nature: 'waits' },
    { ...own, nature: 'computes' },
    { ...own, nature: 'libuv' },
  ]);
  const times = spans.flatMap(({ from, to }) => [from as number, to as number]);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times[0]).toBeGreaterThan(before - 1000);
});

test('a step that fails is a line too, and fails as it would without', async () => {
  const { lines, failure } = await logOf([{ fail: true }, { wait: 0 }], 'on');
  expect(lines).toHaveLength(1);
  expect(failure).toMatchObject({ name: 'FailStepError' });
});
