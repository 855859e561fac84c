import { expect, it } from 'vitest';

import { nameResources, type UnnamedStack } from '../src/stack/names.ts';

const queue = (logicalId: string, constructPath?: string, properties: object = {}) => ({
  ...{ logicalId, type: 'AWS::SQS::Queue', properties: { ...properties } },
  ...(constructPath !== undefined && { constructPath: `${constructPath}/Resource` }),
});

const namesOf = (...stacks: readonly UnnamedStack[]) =>
  nameResources(stacks).map((resources) => resources.map(({ name }) => name));

it('the same construct of two stages has the name of its stack, also in a nested stack', () => {
  const stage = (name: string) => ({
    ...{ name: `${name}-Shop`, path: `${name}/Shop` },
    resources: [
      queue('DeepInnerQueue1A2B', `${name}/Shop/Deep/Inner/Queue`),
      queue('Own3C', `${name}/Shop/Own`),
    ],
  });
  expect(namesOf(stage('Dev'), stage('Prod'))).toEqual([
    ['Dev-Shop-Deep-Inner-Queue', 'Dev-Shop-Own'],
    ['Prod-Shop-Deep-Inner-Queue', 'Prod-Shop-Own'],
  ]);
});

it('long names that differ at their end only stay different, and no longer than a queue may have', () => {
  const long = 'Nested'.repeat(20);
  const stack = (name: string) => ({
    ...{ name, path: name },
    resources: [
      ...[queue(`${long}Queue`), queue(`${long}Dead`)],
      ...[
        queue(`${long}First`, undefined, { FifoQueue: true }),
        queue(`${long}Next`, undefined, { FifoQueue: true }),
      ],
    ],
  });
  const names = namesOf(stack('One'), stack('Two')).flat();
  expect(new Set(names).size).toBe(8);
  expect(names.filter((name) => name.length > 80)).toEqual([]);
  expect(names.filter((name) => name.endsWith('.fifo'))).toHaveLength(4);
});

it('a name that is a value of Systems Manager gives way to the logical id', () => {
  const named = queue('Orders', undefined, { QueueName: 'orders-{{resolve:ssm:/app/stage}}' });
  expect(namesOf({ name: 'Shop', path: 'Shop', resources: [named] })).toEqual([['Orders']]);
});

it('a table with a logical id of two letters has the name of its stack too, because its name needs three', () => {
  const table = { logicalId: 'DB', type: 'AWS::DynamoDB::Table', properties: {} };
  expect(namesOf({ name: 'Shop', path: 'Shop', resources: [table, queue('In')] })).toEqual([
    ['Shop-DB', 'In'],
  ]);
});
