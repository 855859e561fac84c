import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readStacks } from '../../src/stack/read-stacks.ts';
import { readTemplates } from '../../src/template/read-templates.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'templates-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(file: string, content: string | object): Promise<void> {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, typeof content === 'string' ? content : JSON.stringify(content));
}

const sam = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs24.x
    MemorySize: 512
    Environment: { Variables: { SHARED: yes, OWN: no } }
Parameters:
  Batch: { Type: Number, Default: 5 }
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Table:
    Type: AWS::Serverless::SimpleTable
    Properties: { PrimaryKey: { Name: pk, Type: Number } }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      Timeout: 9
      Environment: { Variables: { OWN: mine } }
      Events:
        Queued:
          Type: SQS
          Properties: { Queue: !GetAtt Queue.Arn, BatchSize: !Ref Batch, FunctionResponseTypes: [ReportBatchItemFailures] }
        Web: { Type: HttpApi }
`;

describe('a SAM template', () => {
  beforeEach(async () => {
    await write('template.yaml', sam);
    await write('src/app.js', '');
  });

  it('gives its functions with the globals, and its mappings', async () => {
    const { assembly, stacks } = await readStacks(folder);
    expect(assembly.functions).toMatchObject([
      {
        name: 'Orders',
        codeFolder: path.join(folder, 'src'),
        memoryMb: 512,
        timeoutSeconds: 9,
        environment: { SHARED: 'yes', OWN: 'mine' },
      },
    ]);
    expect(stacks[0]?.mappings).toMatchObject([
      { functionName: 'Orders', source: 'sqs', batchSize: 5, reportBatchItemFailures: true },
    ]);
    expect(stacks[0]?.tables).toMatchObject([{ name: 'Table', keyNames: ['pk'] }]);
    expect(stacks[0]?.skipped).toMatchObject([{ logicalId: 'OrdersWeb' }]);
  });

  it('names parameters of the SAM CLI, unless some are given', async () => {
    await write('samconfig.toml', '[default.deploy.parameters]\nparameter_overrides = "Batch=7"\n');
    const [template] = await readTemplates(folder);
    expect(template?.warnings).toEqual([
      'The parameter_overrides of samconfig.toml are not read here. To set them, pass --parameter NAME=VALUE.',
    ]);
    const [given] = await readTemplates(folder, { Batch: '7' });
    expect(given?.warnings).toEqual([]);
  });

  it('resolves parameters in its globals, and names a function that is an image whatever its globals say', async () => {
    const globals = 'Environment: { Variables: { BATCH: !Ref Batch, OWN: no } }';
    const image =
      '  Image: { Type: AWS::Serverless::Function, Properties: { PackageType: Image, ImageUri: x } }';
    await write(
      'template.yaml',
      `${sam.replace('Environment: { Variables: { SHARED: yes, OWN: no } }', globals)}${image}`,
    );
    const { assembly } = await readStacks(folder);
    expect(assembly.functions).toMatchObject([{ environment: { BATCH: '5', OWN: 'mine' }, notes: [] }]);
    expect(assembly.skipped).toMatchObject([
      {
        name: 'Image',
        reason:
          'it is an image, which is not run here. To run its code, pass the folder to invoke, check or tune',
      },
    ]);
  });

  it('takes parameters', async () => {
    const { stacks } = await readStacks(folder, { parameter: { Batch: '7' } });
    expect(stacks[0]?.mappings).toMatchObject([{ batchSize: 7 }]);
  });

  it.each([
    ['src/app.ts', 'is TypeScript that was not built. Run sam build'],
    ['src/other.js', 'its handler app.handler is missing: there is no app.js, .mjs or .cjs in'],
  ])('explains for code with only %s why the function cannot run', async (file, reason) => {
    await rm(path.join(folder, 'src'), { recursive: true });
    await write(file, '');
    const { assembly } = await readStacks(folder);
    expect(assembly.skipped).toMatchObject([
      { name: 'Orders', reason: expect.stringContaining(reason) as string },
    ]);
  });
});

it('a function of SAM ignores globals that it names, and its URL is a separate resource', async () => {
  const own = 'CodeUri: src, Handler: app.handler, Runtime: nodejs24.x';
  await write(
    'template.yaml',
    `
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { MemorySize: 512, Timeout: 9 } }
Resources:
  One: { Type: AWS::Serverless::Function, IgnoreGlobals: [MemorySize], Properties: { ${own}, FunctionUrlConfig: { AuthType: NONE } } }
  Two: { Type: AWS::Serverless::Function, IgnoreGlobals: '*', Properties: { ${own} } }
`,
  );
  await write('src/app.js', '');
  const { assembly, stacks } = await readStacks(folder);
  expect(assembly.functions).toMatchObject([
    { name: 'One', memoryMb: 128, timeoutSeconds: 9 },
    { name: 'Two', memoryMb: 128, timeoutSeconds: 3 },
  ]);
  expect(stacks[0]?.skipped).toMatchObject([{ logicalId: 'OneUrl', type: 'AWS::Lambda::Url' }]);
});

describe('a CDK assembly', () => {
  const stack = (templateFile: string) => ({
    type: 'aws:cloudformation:stack',
    properties: { templateFile },
  });
  const queue = { Type: 'AWS::SQS::Queue' };

  it('holds the stacks of its stages', async () => {
    const stage = { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } };
    await write('manifest.json', { artifacts: { Stage: stage } });
    await write('assembly-Prod/manifest.json', { artifacts: { 'Prod-Shop': stack('shop.json') } });
    await write('assembly-Prod/shop.json', { Resources: { Q: queue } });
    await expect(readTemplates(folder)).resolves.toMatchObject([
      { name: 'Prod-Shop', folder: path.join(folder, 'assembly-Prod') },
    ]);
  });

  it('holds the resources of nested stacks, whose parameters and outputs are resolved', async () => {
    await write('manifest.json', { artifacts: { Shop: stack('shop.json') } });
    await write('shop.json', {
      Resources: {
        Q: queue,
        Nested: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { Parameters: { DeadArn: { 'Fn::GetAtt': ['Q', 'Arn'] } } },
          Metadata: { 'aws:asset:path': 'nested.json' },
        },
      },
      Outputs: { Url: { Value: { 'Fn::GetAtt': ['Nested', 'Outputs.Name'] } } },
    });
    const redrive = { deadLetterTargetArn: { Ref: 'DeadArn' }, maxReceiveCount: 3 };
    await write('nested.json', {
      Parameters: { DeadArn: { Type: 'String' } },
      Resources: { Q: { ...queue, Properties: { RedrivePolicy: redrive } } },
      Outputs: { Name: { Value: { 'Fn::GetAtt': ['Q', 'QueueName'] } } },
    });
    const { stacks } = await readStacks(folder);
    expect(stacks[0]?.queues.map(({ name }) => name)).toEqual(['Q', 'NestedQ']);
    expect(JSON.parse(stacks[0]?.queues[1]?.attributes.RedrivePolicy ?? '')).toMatchObject({
      deadLetterTargetArn: stacks[0]?.queues[0]?.arn,
    });
    expect(stacks[0]?.outputs('').get('Url')).toBe('NestedQ');
  });

  it('passes the output of one nested stack through another, and names a template that is missing', async () => {
    await write('manifest.json', { artifacts: { Shop: stack('shop.json') } });
    const nested = (file: string, parameters: object = {}) => ({
      Type: 'AWS::CloudFormation::Stack',
      Properties: { Parameters: parameters, TemplateURL: file },
    });
    await write('shop.json', {
      Resources: {
        One: nested('one.json'),
        Two: nested('two.json', { Name: { 'Fn::GetAtt': ['One', 'Outputs.Name'] } }),
        Gone: nested('gone.json'),
      },
      Outputs: { Name: { Value: { 'Fn::GetAtt': ['Two', 'Outputs.Name'] } } },
    });
    await write('one.json', {
      Resources: { Q: queue },
      Outputs: { Name: { Value: { 'Fn::GetAtt': ['Q', 'QueueName'] } } },
    });
    await write('two.json', {
      Parameters: { Name: { Type: 'String' } },
      Resources: {},
      Outputs: { Name: { Value: { Ref: 'Name' } } },
    });
    const { stacks } = await readStacks(folder);
    expect(stacks[0]?.outputs('').get('Name')).toBe('OneQ');
    expect(stacks[0]?.warnings).toEqual([
      'The template of the nested stack Gone is not on this machine (gone.json), so nothing of it is served.',
    ]);
  });
});
