import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runChecks } from '@parallel-lambda/check';
import type { checkIds } from '@parallel-lambda/check/options';
import { describeFolder } from '@parallel-lambda/local-lambda';
import { describe, expect, it, vi } from 'vitest';

// Most of these functions wait until their time is up.
vi.setConfig({ maxConcurrency: 4 });

type Check = (typeof checkIds)[number];

/** Checks a function with this code, as a module. */
async function checkCode(code: string, only: readonly Check[] = ['lost'], timeout = 3) {
  const folder = await mkdtemp(path.join(tmpdir(), 'bad-'));
  await writeFile(path.join(folder, 'index.mjs'), code);
  const definition = describeFolder(folder, { timeout });
  const report = await runChecks(definition, { runtime: 'own', seed: 1, only, onProgress: () => undefined });
  await rm(folder, { recursive: true });
  return report;
}

const callsService = (response: string): string => `
  export const handler = async ({ Records }) => {
    for (const { body } of Records) await fetch('https://orders.test/' + JSON.parse(body).id);
    return ${response};
  };
`;

describe.concurrent('a function that cannot be checked', { timeout: 60_000 }, () => {
  it.each([
    [
      'never finishes INIT',
      'setInterval(() => undefined, 1000); await new Promise(() => undefined);',
      'The function does not finish INIT within 10 s.',
    ],
    [
      'fails in INIT, and reads what libraries read',
      "const { HOME, AWS_PROFILE, https_proxy } = process.env; throw new Error('no licence');",
      'The function cannot be started: Error: no licence.',
    ],
    [
      'needs a variable in INIT',
      "if (!process.env.TABLE_NAME) throw new Error('no table'); export const handler = () => undefined;",
      'The function cannot be started: Error: no table. It reads environment variables that are not set: TABLE_NAME. Set them with --env NAME=VALUE.',
    ],
    [
      'has no handler',
      'export const other = () => undefined;',
      /^The function cannot be started: Runtime\.HandlerNotFound: .*\.$/,
    ],
    [
      'responds with what JSON cannot express',
      callsService('10n'),
      /^The function does not process its messages, although all its calls succeed: the invocation failed: Runtime\.JSONStringifyError/,
    ],
    [
      'reports failures that it has not seen',
      callsService("{ batchItemFailures: 'none' }"),
      /^The function does not process its messages, .*: "batchItemFailures" is not a list\./,
    ],
    [
      'connects to a database',
      `import { connect } from 'node:net';
      export const handler = () => new Promise((resolve, reject) => {
        connect(5432, 'db.test').on('error', reject).on('close', () => reject(new Error('closed'))).write('hello');
      });`,
      /It connects to db\.test:5432, which is not HTTP, so the lab cannot simulate it\./,
    ],
  ])('%s: one sentence, and no verdict', async (_, code, sentence) => {
    const { problem, results } = await checkCode(code);
    expect(problem).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
    expect(results).toEqual([]);
  });

  it.each([
    [3, 'its timeout of 3 s', 'Set a longer --timeout, or fix the call that it waits for.'],
    [900, '15 s', 'That is too slow for the checks.'],
  ])('takes five minutes per batch, with a timeout of %i s', async (timeout, limit, advice) => {
    const code = 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 300_000));';
    const { problem, results } = await checkCode(code, ['lost'], timeout);
    expect(problem).toBe(
      `The function needs more than ${limit} for 10 messages, although all its calls are answered immediately. ${advice}`,
    );
    expect(results).toEqual([]);
  });
});

describe.concurrent('a function that', { timeout: 60_000 }, () => {
  it.each(["'done'", '7', '[]', 'true', 'undefined'])(
    'responds with %s loses what failed',
    async (response) => {
      const { problem, results } = await checkCode(callsService(response));
      expect(problem).toBeUndefined();
      expect(results).toMatchObject([{ id: 'lost', result: 'no' }]);
    },
  );

  it('sends unfinished messages to a queue at its deadline is not reported as one that always sends', async () => {
    const code = `
      import { setTimeout as sleep } from 'node:timers/promises';
      const headers = {
        authorization: 'AWS4-HMAC-SHA256 Credential=lab/20260101/us-east-1/sqs/aws4_request',
        'x-amz-target': 'AmazonSQS.SendMessage',
      };
      const park = (body) => fetch('https://sqs.us-east-1.amazonaws.com/', {
        method: 'POST', headers, body: JSON.stringify({ QueueUrl: 'https://sqs.test/next', MessageBody: body }),
      });
      export const handler = async ({ Records }, context) => {
        const endsAt = Date.now() + context.getRemainingTimeInMillis() - 2900;
        for (const { body } of Records) {
          await (Date.now() > endsAt ? park(body) : fetch('https://orders.test/' + JSON.parse(body).id));
          await sleep(50);
        }
      };
    `;
    const { results } = await checkCode(code);
    expect(results).toMatchObject([{ id: 'lost', result: 'unknown' }]);
  });

  it('has a longer time limit than its timeout, and leaves the call open, is not said to recover', async () => {
    const code = `
      export const handler = async ({ Records }) => {
        const work = Promise.all(Records.map(({ body }) => fetch('https://orders.test/' + JSON.parse(body).id)));
        const timeUp = new Promise((resolve) => setTimeout(resolve, 3500).unref());
        await Promise.race([work, timeUp]);
      };
    `;
    const { results } = await checkCode(code, ['hang', 'timeout']);
    expect(results).toMatchObject([
      { id: 'hang', result: 'unknown' },
      { id: 'timeout', result: 'no' },
    ]);
  });

  it('is not idempotent is reported to repeat its calls after a crash', async () => {
    const { results } = await checkCode(callsService('undefined'), ['crash']);
    const seen = expect.stringContaining(
      'calls that had succeeded were repeated, so they must be idempotent',
    ) as unknown;
    expect(results).toMatchObject([{ id: 'crash', result: 'yes', seen }]);
  });
});
