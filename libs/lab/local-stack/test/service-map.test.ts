import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import { serviceMapText } from '../src/display/service-map-text.ts';
import { readStacks } from '../src/index.ts';
import { serviceMap } from '../src/service-map.ts';

const att = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const sqs = (id: string) => ({ Type: 'SQS', Properties: { Queue: att(id) } });
const msk = (topic: string) => ({
  Type: 'MSK',
  Properties: { Stream: 'arn:aws:kafka:us-east-1:1:cluster/c/1', Topics: [topic] },
});

it('a function with several sources of a kind has them all', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'map-'));
  const events = { First: sqs('First'), Second: sqs('Second'), Orders: msk('orders'), Clicks: msk('clicks') };
  const properties = { Runtime: 'nodejs24.x', Handler: 'index.handler', InlineCode: ' ', Events: events };
  const template = {
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      Shop: { Type: 'AWS::Serverless::Function', Properties: properties },
      ...Object.fromEntries(['First', 'Second', 'Other'].map((id) => [id, { Type: 'AWS::SQS::Queue' }])),
    },
  };
  try {
    await writeFile(path.join(folder, 'template.json'), JSON.stringify(template));
    const { stacks } = await readStacks(folder);
    const map = serviceMap('http://here', stacks, ['Shop']);
    expect(map.functions.Shop).toMatchObject({
      queueUrl: 'http://here/000000000000/First',
      topic: 'orders',
      otherSources: ['http://here/000000000000/Second', 'clicks'],
    });
    expect(Object.keys(map.queues)).toEqual(['Other']);
    expect(serviceMapText(map).split('\n')).toEqual(
      expect.arrayContaining(['  other source http://here/000000000000/Second', '  other source clicks']),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
