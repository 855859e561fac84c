import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { publishedPackages } from '../src/published.ts';
import { Project } from './project.ts';

/** The versions that `engines` of the packages allow from. */
const [oldest = '', ...others] = new Set(
  publishedPackages.map(({ manifest }) => manifest.engines?.node.replace('>=', '') ?? 'any'),
);

const batch = `
const records = ['good', 'bad', 'good'].map((body, index) => ({
  messageId: 'm' + index, body, receiptHandle: 'r', eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:orders', attributes: { ApproximateReceiveCount: '1' },
}));
const fail = ({ text }) => { if (text === 'bad') throw new Error(text); };
const failedOf = async (technique, options) => {
  const { batchItemFailures } = await batchHandler(technique, { ...options, logger })({ Records: records });
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).join();
};
const logger = { error() {}, warn() {}, info() {} };`;

const program = `
import { batchHandler } from '@parallel-lambda/batch';
import { batchMetrics } from '@parallel-lambda/batch-metrics';
import { fiberWorkers } from '@parallel-lambda/fiber-workers';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { sqsRedelivery } from '@parallel-lambda/sqs';
import { threadWorkers } from '@parallel-lambda/thread-workers';
import * as Effect from 'effect/Effect';
${batch}
const threads = threadWorkers({ work: new URL('./work.js', import.meta.url), threads: 2 });
await threads.ready();
console.log(JSON.stringify({
  node: process.versions.node,
  promises: await failedOf(promiseWorkers({ work: fail }), { redelivery: sqsRedelivery({}) }),
  fibers: await failedOf(fiberWorkers({ work: (message) => Effect.try(() => fail(message)) })),
  threads: await failedOf(threads),
  metrics: typeof batchMetrics(),
}));
await threads[Symbol.asyncDispose]();`;

const commonJs = `
const { batchHandler } = require('@parallel-lambda/batch');
const { promiseWorkers } = require('@parallel-lambda/promise-workers');
${batch}
failedOf(promiseWorkers({ work: fail })).then((failed) => console.log(JSON.stringify({ promises: failed })));`;

let project: Project;
let runtime: Project;
let node: string;

/** The registry has each version of Node.js as a package per platform, which needs no script to install. */
beforeAll(async () => {
  project = await Project.installed('oldest-node');
  const name = `node-${process.platform}-${process.arch}`;
  runtime = await Project.create();
  await runtime.write('package.json', { name: 'runtime', private: true });
  await runtime.run('npm', 'install', `${name}@${oldest}`, '--prefer-offline', '--no-audit', '--no-fund');
  node = runtime.path('node_modules', name, 'bin/node');
}, 120_000);

afterAll(() => runtime[Symbol.asyncDispose]());

describe(`on Node.js ${oldest}, the oldest that the packages allow`, () => {
  it('every package allows it', () => {
    expect(others).toEqual([]);
  });

  it('every technique processes a batch', async () => {
    await project.write(
      'work.js',
      'export default ({ text }) => { if (text === "bad") throw new Error(text); };',
    );
    await project.write('program.js', program);
    expect(JSON.parse(await project.run(node, '--no-warnings', 'program.js'))).toEqual({
      node: oldest,
      ...{ promises: 'm1', fibers: 'm1', threads: 'm1', metrics: 'function' },
    });
  });

  it('a handler is CommonJS', async () => {
    await project.write('program.cjs', commonJs);
    expect(JSON.parse(await project.run(node, '--no-warnings', 'program.cjs'))).toEqual({ promises: 'm1' });
  });
});
