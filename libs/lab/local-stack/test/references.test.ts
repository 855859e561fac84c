import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { FunctionDefinition } from '@parallel-lambda/local-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { findFunction, readStacks, type StacksOfAssembly } from '../src/index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'references-'));
  await writeFile(path.join(folder, 'index.js'), '');
  await mkdir(path.join(folder, 'layer/extensions'), { recursive: true });
  await writeFile(path.join(folder, 'layer/extensions/agent'), '');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const att = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const orders = (variables: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Metadata: { 'aws:asset:path': '.' },
  Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler', Environment: { Variables: variables } },
});

/** Reads an assembly of stacks, each a template by its name. */
async function readAll(stacks: Readonly<Record<string, object>>): Promise<StacksOfAssembly> {
  const artifacts = Object.keys(stacks).map((name): [string, object] => [
    name,
    { type: 'aws:cloudformation:stack', properties: { templateFile: `${name}.json` } },
  ]);
  await writeFile(
    path.join(folder, 'manifest.json'),
    JSON.stringify({ artifacts: Object.fromEntries(artifacts) }),
  );
  for (const [name, template] of Object.entries(stacks)) {
    await writeFile(path.join(folder, `${name}.json`), JSON.stringify(template));
  }
  return readStacks(folder);
}

async function functionWith(variables: object, resources: object = {}): Promise<FunctionDefinition> {
  const read = await readAll({ Shop: { Resources: { Orders: orders(variables), ...resources } } });
  return findFunction(read.assembly, 'Orders');
}

const served = {
  Queue: { Type: 'AWS::SQS::Queue' },
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'clicks' } },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } },
  },
  Live: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live', FunctionName: { Ref: 'Pay' } } },
  Pay: { ...orders(), Properties: { ...orders().Properties, FunctionName: 'pay' } },
};

describe('a variable', () => {
  it.each([
    [{ Ref: 'Queue' }, 'https://sqs.us-east-1.amazonaws.com/000000000000/Queue'],
    [att('Queue', 'QueueName'), 'Queue'],
    [att('Queue'), 'arn:aws:sqs:us-east-1:000000000000:Queue'],
    [{ Ref: 'Stream' }, 'clicks'],
    [att('Stream'), 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks'],
    [{ Ref: 'Table' }, 'Table'],
    [{ Ref: 'Pay' }, 'pay'],
    [att('Pay'), 'arn:aws:lambda:us-east-1:000000000000:function:pay'],
    [{ Ref: 'Live' }, 'arn:aws:lambda:us-east-1:000000000000:function:pay:live'],
    [
      { 'Fn::Sub': '${AWS::Region}/${Queue.Arn}/${!literal}' },
      'us-east-1/arn:aws:sqs:us-east-1:000000000000:Queue/${literal}',
    ],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Table' }, { Ref: 'AWS::AccountId' }]] }, 'a-Table-000000000000'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', att('Stream')] }] }, 'clicks'],
    [{ 'Fn::ToJsonString': { table: { Ref: 'Table' } } }, '{"table":"Table"}'],
    [{ 'Fn::Base64': { Ref: 'Table' } }, 'VGFibGU='],
    [3000, '3000'],
    [true, 'true'],
  ])('that is %j has the value that a deployment would give it here', async (value, expected) => {
    const { environment, notes } = await functionWith({ VALUE: value }, served);
    expect(environment).toEqual({ VALUE: expected });
    expect(notes).toEqual([]);
  });

  it.each([
    [{ Ref: 'Bucket' }, 'pictures', 'Bucket (AWS::S3::Bucket)'],
    [att('Bucket'), 'arn:aws:s3:::pictures', 'Bucket (AWS::S3::Bucket)'],
    [att('Role'), 'arn:aws:iam::000000000000:role/worker', 'Role (AWS::IAM::Role)'],
    [att('Bucket', 'DomainName'), 'pictures.DomainName', 'Bucket (AWS::S3::Bucket)'],
    [
      { Ref: 'Machine' },
      'arn:aws:states:us-east-1:000000000000:statemachine/Machine',
      'Machine (AWS::StepFunctions::StateMachine)',
    ],
    [{ Ref: 'Nowhere' }, 'Nowhere', 'Nowhere, which is not in the template'],
    [{ 'Fn::ImportValue': 'Elsewhere' }, 'Elsewhere', 'the export Elsewhere, which is not in a stack here'],
    ['{{resolve:ssm:/url}}', '{{resolve:ssm:/url}}', undefined],
  ])('that refers to an unserved resource (%j) has a placeholder and a note', async (value, expected, of) => {
    const { environment, notes } = await functionWith(
      { VALUE: value },
      {
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'pictures' } },
        Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'worker' } },
        Machine: { Type: 'AWS::StepFunctions::StateMachine' },
      },
    );
    expect(environment).toEqual({ VALUE: expected });
    expect(notes).toEqual([
      `its variables refer to resources that are not served here: VALUE=${expected}${of === undefined ? '' : ` replaces ${of}`}. To set them, pass --env NAME=VALUE`,
    ]);
  });

  it('has the value that another stack exports', async () => {
    const { assembly } = await readAll({
      Shop: { Resources: { Orders: orders({ QUEUE: { 'Fn::ImportValue': 'Data:Queue' } }) } },
      Middle: {
        Outputs: { Out: { Value: { 'Fn::ImportValue': 'Data:Raw' }, Export: { Name: 'Data:Queue' } } },
      },
      Data: {
        Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
        Outputs: { Out: { Value: att('Queue'), Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Raw' } } } },
      },
    });
    expect(findFunction(assembly, 'Orders').environment).toEqual({
      QUEUE: 'arn:aws:sqs:us-east-1:000000000000:Queue',
    });
  });

  it('of two stacks that import from each other has the name of the export', async () => {
    const importing = (name: string) => ({ Value: { 'Fn::ImportValue': name } });
    const { assembly } = await readAll({
      Shop: {
        Resources: { Orders: orders({ VALUE: { 'Fn::ImportValue': 'A' } }) },
        Outputs: { Out: { ...importing('B'), Export: { Name: 'A' } } },
      },
      Data: { Outputs: { Out: { ...importing('A'), Export: { Name: 'B' } } } },
    });
    expect(findFunction(assembly, 'Orders').environment.VALUE).toMatch(/^[AB]$/);
  });
});

describe('a name', () => {
  it("is the template's, and a function is found by it, its logical id and its construct path", async () => {
    const { assembly } = await readAll({
      Shop: {
        Resources: {
          OrdersF00: {
            ...orders(),
            Metadata: { 'aws:asset:path': '.', 'aws:cdk:path': 'Shop/Orders/Resource' },
            Properties: { ...orders().Properties, FunctionName: { 'Fn::Sub': '${AWS::StackName}-orders' } },
          },
        },
      },
    });
    for (const name of ['Shop-orders', 'OrdersF00', 'Shop/Orders']) {
      expect(findFunction(assembly, name).name).toBe('Shop-orders');
    }
  });

  it("that resources of two stacks would have gets the stack's name", async () => {
    const { assembly, stacks } = await readAll({
      Dev: { Resources: { Orders: orders(), ...served } },
      Prod: { Resources: { Orders: orders(), ...served } },
    });
    expect(assembly.functions.map(({ name }) => name)).toEqual([
      'Dev-Orders',
      'Dev-Pay',
      'Prod-Orders',
      'Prod-Pay',
    ]);
    expect(stacks.flatMap(({ queues }) => queues.map(({ name }) => name))).toEqual([
      'Dev-Queue',
      'Prod-Queue',
    ]);
  });
});

it('inline code becomes a CommonJS file, and the same code is in the same folder', async () => {
  const inline = {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile: 'exports.handler = 1' } },
  };
  const read = async () =>
    findFunction((await readAll({ Shop: { Resources: { Inline: inline } } })).assembly, 'Inline');
  const { codeFolder } = await read();
  expect(await readFile(path.join(codeFolder, 'index.js'), 'utf8')).toBe('exports.handler = 1');
  expect((await read()).codeFolder).toBe(codeFolder);
});

it.each([
  ['AWS::Lambda::Function', 'FunctionName'],
  ['AWS::SQS::Queue', 'QueueName'],
  ['AWS::DynamoDB::Table', 'TableName'],
])('two resources of %s with one %s are an error that names them', async (type, property) => {
  const named = { Type: type, Properties: { [property]: 'orders' } };
  const elsewhere = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'orders' } };
  await expect(
    readAll({ Shop: { Resources: { One: named, Two: named, Topic: elsewhere } } }),
  ).rejects.toThrow(
    `cannot be deployed: One and Two have the same ${property}, orders. Give each a different one.`,
  );
});

it('resources that refer to each other in a cycle are an error that names them', async () => {
  const queue = (other: string) => ({
    Type: 'AWS::SQS::Queue',
    Properties: { RedrivePolicy: { deadLetterTargetArn: att(other), maxReceiveCount: 3 } },
  });
  await expect(readAll({ Shop: { Resources: { One: queue('Two'), Two: queue('One') } } })).rejects.toThrow(
    /its resources refer to each other in a cycle \(One → Two → One\)/,
  );
});

it('layers of the template are found, and those from elsewhere and extensions are named', async () => {
  const { assembly } = await readAll({
    Shop: {
      Resources: {
        Orders: {
          ...orders(),
          Properties: { ...orders().Properties, Layers: [{ Ref: 'Shared' }, 'arn:of:another'] },
        },
        Shared: { Type: 'AWS::Lambda::LayerVersion', Metadata: { 'aws:asset:path': 'layer' } },
      },
    },
  });
  expect(findFunction(assembly, 'Orders')).toMatchObject({
    layers: [path.join(folder, 'layer')],
    notes: [
      'its layer arn:of:another is not loaded. To load it, pass --layer arn:of:another=FOLDER, or a zip file instead of the folder (aws lambda get-layer-version-by-arn --arn arn:of:another prints where its zip file is)',
      'the extension agent of its layers is not started',
    ],
  });
});
