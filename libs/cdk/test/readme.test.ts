import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, it } from 'vitest';

const library = path.dirname(import.meta.dirname);
const folder = mkdtempSync(path.join(library, 'test-output-readme-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Synthesizes the stack of the first TypeScript block of a document. */
async function templateIn(document: string): Promise<Template> {
  const [, code = ''] = /^```ts\n(.*?)^```$/ms.exec(readFileSync(path.join(library, document), 'utf8')) ?? [];
  const dist = path.join(folder, 'dist');
  mkdirSync(dist, { recursive: true });
  writeFileSync(path.join(dist, 'handler.js'), 'exports.handler = async () => ({ batchItemFailures: [] })');
  const module = path.join(folder, `${path.basename(document)}.ts`);
  writeFileSync(module, `${code.replace("'dist'", JSON.stringify(dist))}\nexport { stack };`);
  const { stack } = (await import(pathToFileURL(module).href)) as { stack: Stack };
  return Template.fromStack(stack);
}

it.each(['README.md', '../../docs/own-queue.md'])('the code of %s synthesizes', async (document) => {
  const template = await templateIn(document);
  template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 181 });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 1,
    ScalingConfig: { MaximumConcurrency: 20 },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});
