import path from 'node:path';

import { beforeAll, expect, it } from 'vitest';

import { Project, workspaceModules } from './project.ts';

const records = `const records = (...bodies) => ({
  Records: bodies.map((body, index) => ({
    messageId: 'm' + index, body, eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:orders',
  })),
});`;

let project: Project;

beforeAll(async () => {
  project = await Project.installed('jest', 'commonjs');
});

/** Runs a test by Jest with its defaults, except for `config`. Returns what it prints. */
async function jest(test: string, config: object = {}, nodeOptions: string[] = []): Promise<string> {
  const options = { cacheDirectory: project.path('cache'), rootDir: project.folder, ...config };
  const bin = path.join(workspaceModules, 'jest/bin/jest.js');
  return project.run(
    'node',
    ...nodeOptions,
    bin,
    '--config',
    JSON.stringify(options),
    '--silent',
    '--colors=false',
    test,
  );
}

it('runs a handler of promises and metrics, and recognizes its errors by their classes', async () => {
  await project.write(
    'promises.test.js',
    `const { batchHandler, InvalidEventError, ParallelLambdaError } = require('@parallel-lambda/batch');
     const { batchMetrics } = require('@parallel-lambda/batch-metrics');
     const { promiseWorkers } = require('@parallel-lambda/promise-workers');
     ${records}
     const work = ({ text }) => { if (text === 'bad') throw new Error(text); };
     const handler = batchHandler(promiseWorkers({ work }), { onBatchEnd: batchMetrics() });
     test('a batch', async () => {
       expect(await handler(records('good', 'bad'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
       await expect(handler({})).rejects.toThrow(InvalidEventError);
       await expect(handler({})).rejects.toBeInstanceOf(ParallelLambdaError);
     });`,
  );
  expect(await jest('promises.test.js')).toContain('1 passed, 1 total');
});

it('runs threads', async () => {
  await project.write(
    'work.js',
    'module.exports = ({ text }) => { if (text === "bad") throw new TypeError(text); };',
  );
  await project.write(
    'threads.test.js',
    `const { batchHandler, InvalidOptionError } = require('@parallel-lambda/batch');
     const { threadWorkers } = require('@parallel-lambda/thread-workers');
     const { pathToFileURL } = require('node:url');
     ${records}
     const workers = threadWorkers({ work: pathToFileURL(require.resolve('./work.js')), threads: 2 });
     afterAll(() => workers[Symbol.asyncDispose]());
     test('a batch', async () => {
       await workers.ready();
       const handler = batchHandler(workers);
       expect(await handler(records('good', 'bad'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
       expect(() => threadWorkers({ work: './work.js' })).toThrow(InvalidOptionError);
     });`,
  );
  expect(await jest('threads.test.js')).toContain('1 passed, 1 total');
});

it('runs TypeScript, compiled by ts-jest with its defaults', async () => {
  await project.write(
    'typescript.test.ts',
    `import { batchHandler, type Work } from '@parallel-lambda/batch';
     import { promiseWorkers } from '@parallel-lambda/promise-workers';
     ${records.replace('...bodies', '...bodies: string[]')}
     declare const test: (name: string, run: () => Promise<void>) => void;
     declare const expect: (value: unknown) => { toEqual(expected: unknown): void };
     const work: Work = ({ text }) => { if (text === 'bad') throw new Error(text); };
     test('a batch', async () => {
       const handler = batchHandler(promiseWorkers({ work }));
       expect(await handler(records('good', 'bad'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
     });`,
  );
  await project.write('tsconfig.json', { compilerOptions: { strict: true, target: 'es2024' } });
  const transform = { '\\.ts$': path.join(workspaceModules, 'ts-jest') };
  expect(await jest('typescript.test.ts', { transform })).toContain('1 passed, 1 total');
});

it('runs fibers where Jest may load ES modules', async () => {
  await project.write(
    'fibers.test.js',
    `const { batchHandler } = require('@parallel-lambda/batch');
     const { fiberWorkers } = require('@parallel-lambda/fiber-workers');
     const Effect = require('effect/Effect');
     ${records}
     const work = ({ text }) => (text === 'bad' ? Effect.fail(new Error(text)) : Effect.void);
     test('a batch', async () => {
       const handler = batchHandler(fiberWorkers({ work }));
       expect(await handler(records('good', 'bad'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
     });`,
  );
  const output = await jest('fibers.test.js', {}, ['--experimental-vm-modules']);
  expect(output).toContain('1 passed, 1 total');
});
