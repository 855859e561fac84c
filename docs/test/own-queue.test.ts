import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { readStacks } from '@parallel-lambda/local-stack';
import { afterAll, describe, expect, it } from 'vitest';

import { codeBlocks } from './documents.ts';

const document = 'docs/own-queue.md';
const folder = mkdtempSync(path.join(tmpdir(), 'own-queue-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Settings of every snippet, such as six times the function timeout plus the window. */
const settings = { timeout: 30, window: 1, visibility: 181, batch: 100, receives: 5, concurrency: 20 };

function snippet(language: string, index = 0): string {
  return codeBlocks(document, language)[index]?.code ?? '';
}

/** Reads a CloudFormation template as `lab serve` reads it. */
async function served(template: string) {
  mkdirSync(path.join(folder, 'dist'), { recursive: true });
  writeFileSync(path.join(folder, 'dist/handler.js'), 'export const handler = () => ({});');
  writeFileSync(path.join(folder, 'template.yaml'), template);
  const { assembly, stacks } = await readStacks(path.join(folder, 'template.yaml'));
  const [stack] = stacks;
  if (!stack) throw new Error('The template has no stack');
  return { assembly, stack };
}

describe('the snippet for SAM', () => {
  it('has a mapping that reports failed messages, and a queue that fits the function', async () => {
    const { assembly, stack } = await served(snippet('yaml'));
    expect(assembly.functions.map(({ timeoutSeconds }) => timeoutSeconds)).toEqual([settings.timeout]);
    expect(stack.mappings).toMatchObject([
      {
        source: 'sqs',
        batchSize: settings.batch,
        windowMs: 1000 * settings.window,
        reportBatchItemFailures: true,
        maximumConcurrency: settings.concurrency,
      },
    ]);
    expect(stack.queues.map(({ attributes }) => attributes.VisibilityTimeout)).toContain(
      String(settings.visibility),
    );
  });
});

describe('the snippet for the Serverless Framework', () => {
  it('has queues that CloudFormation accepts', async () => {
    const [, resources = ''] = snippet('yaml', 1).split(/^resources:\n/m);
    const { stack } = await served(resources.replaceAll(/^ {2}/gm, ''));
    expect(stack.queues.map(({ attributes }) => attributes.VisibilityTimeout)).toContain(
      String(settings.visibility),
    );
  });

  it.each([
    `timeout: ${settings.timeout}`,
    `batchSize: ${settings.batch}`,
    `maximumBatchingWindow: ${settings.window}`,
    'functionResponseType: ReportBatchItemFailures',
    `maximumConcurrency: ${settings.concurrency}`,
  ])('sets %s', (line) => {
    expect(snippet('yaml', 1)).toContain(line);
  });
});

describe('the snippet for Terraform', () => {
  it.each([
    ['timeout', settings.timeout],
    ['visibility_timeout_seconds', settings.visibility],
    ['maxReceiveCount', settings.receives],
    ['batch_size', settings.batch],
    ['maximum_batching_window_in_seconds', settings.window],
    ['function_response_types', '["ReportBatchItemFailures"]'],
    ['maximum_concurrency', settings.concurrency],
  ])('sets %s to %s', (name, value) => {
    const found = new RegExp(`\\b${name} *= *(\\S+)`).exec(snippet('hcl'));
    expect(found?.[1]).toBe(String(value));
  });
});
