import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';

import { techniques } from '../src/techniques.ts';
import { builtFunctions } from './built-functions.ts';
import { stackOf, templateOf } from './stack-of.ts';

describe('the stack', () => {
  it('outputs the name of each function and the addresses of its queues', () => {
    const outputs = templateOf().findOutputs('*') as Outputs;
    const named = Object.entries(outputs).map(([key, { Value }]) => [
      key,
      Value.Ref.replace(/[0-9A-F]{8}$/, ''),
    ]);
    expect(Object.fromEntries(named)).toEqual(
      Object.fromEntries(
        techniques.flatMap((technique) =>
          [
            ['Function', 'FunctionName'],
            ['Queue', 'QueueUrl'],
            ['DeadLetterQueue', 'DeadLetterQueueUrl'],
          ].map(([construct, output]) => [
            `${pascalCase(technique)}${output}`,
            `${technique.replaceAll('-', '')}${construct}`,
          ]),
        ),
      ),
    );
  });

  it.each([
    'AWS::Lambda::Function',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Logs::LogGroup',
    'AWS::SQS::Queue',
  ])('gives every technique the same %s', (type) => {
    const [first, ...others] = settingsOf(templateOf(), type);
    expect(others).toEqual(techniques.slice(1).map(() => first));
  });

  it('grants no permission on all resources, and no action by a pattern', () => {
    const policies = templateOf().findResources('AWS::IAM::Policy') as Policies;
    const statements = Object.values(policies).flatMap(
      (policy) => policy.Properties.PolicyDocument.Statement,
    );
    expect(statements.length).toBeGreaterThan(0);
    expect(JSON.stringify(statements)).not.toContain('*');
  });

  it('names a function that is not built, and how to build it', () => {
    expect(() => stackOf({}, without('apps/effect-fibers/dist/handler.js'))).toThrow(
      /apps\/effect-fibers\/dist has no handler\.js: run `npx nx build effect-fibers` first\.$/,
    );
  });

  it.each(['handler.js', 'work.js', 'entry/worker.js'])('refuses a folder of threads without %s', (file) => {
    expect(() => stackOf({}, without(`apps/worker-threads/dist/${file}`))).toThrow(
      `has no ${file}: run \`npx nx build worker-threads\` first`,
    );
  });

  it('deploys each technique from its own build', () => {
    const keys = Object.values(templateOf().findResources('AWS::Lambda::Function') as Functions).map(
      ({ Properties }) => Properties.Code.S3Key,
    );
    expect(new Set(keys).size).toBe(techniques.length);
    templateOf().allResourcesProperties('AWS::Lambda::Function', {
      Code: { S3Key: Match.stringLikeRegexp('\\.zip$') },
    });
  });

  it('keeps the logical ids of queues: another id deletes the queue with its messages', () => {
    const ids = Object.keys(templateOf().findResources('AWS::SQS::Queue'));
    expect(ids.toSorted()).toEqual([
      'effectfibersDeadLetterQueue3DFF0728',
      'effectfibersQueueAE98AE23',
      'promisesDeadLetterQueue2D848275',
      'promisesQueue29AFC59B',
      'workerthreadsDeadLetterQueueF0745E62',
      'workerthreadsQueueF679E6CF',
    ]);
  });

  it('keeps the logical ids of mappings: Lambda refuses a second mapping of a queue and a function', () => {
    const ids = Object.keys(templateOf().findResources('AWS::Lambda::EventSourceMapping'));
    expect(ids.toSorted()).toEqual([
      'effectfibersFunctionSqsEventSourceParallelLambdaeffectfibersQueueEC54FC8BE0FA627E',
      'promisesFunctionSqsEventSourceParallelLambdapromisesQueueA7C53158779D7682',
      'workerthreadsFunctionSqsEventSourceParallelLambdaworkerthreadsQueueE4EB0798A29F15DF',
    ]);
    const ofBeta = Object.keys(
      templateOf({ stackName: 'Beta' }).findResources('AWS::Lambda::EventSourceMapping'),
    );
    expect(ofBeta).toEqual(ids);
  });

  it('has a name, a description and tags', () => {
    const stack = stackOf({ stackName: 'Beta', source: 'kinesis', tags: 'team=orders' });
    expect(stack.stackName).toBe('Beta-kinesis');
    expect(stack.templateOptions.description).toBe(
      'Parallel Lambda: promises, worker-threads, effect-fibers on kinesis',
    );
    expect(stack.tags.tagValues()).toEqual({ team: 'orders' });
  });

  it('runs on the runtime of the setting', () => {
    templateOf({ runtime: 'nodejs22.x' }).allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs22.x',
    });
  });

  it('is far from the largest template that CloudFormation takes', () => {
    expect(Buffer.byteLength(textOf(templateOf()))).toBeLessThan(100_000);
  });
});

/** `WorkerThreads` for `worker-threads`. */
function pascalCase(technique: string): string {
  return technique.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The template as it is written, with no hash of an asset or of the template in it. */
function textOf(template: Template): string {
  return JSON.stringify(template.toJSON(), undefined, 1).replace(/[0-9a-f]{64}/g, 'hash');
}

/** Builds without one of their files. */
function without(missing: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(builtFunctions).filter(([file]) => file !== missing));
}

/** Properties of the resources of a type, one entry per technique, without those that refer to another resource. */
function settingsOf(template: Template, type: string): unknown[] {
  const byTechnique = Map.groupBy(Object.entries(template.findResources(type)), ([id]) =>
    id.replace(/(Queue|DeadLetterQueue|Function|Logs).*/, ''),
  );
  return [...byTechnique.values()].map((resources) =>
    resources.map(([, { Properties }]) => withoutReferences(Properties as object)),
  );
}

function withoutReferences(properties: object): unknown {
  return JSON.parse(
    JSON.stringify(properties, (key, value: unknown) => {
      if (key === 'Ref' || key === 'Fn::GetAtt' || key === 'S3Key') return 'another resource';
      return value;
    }),
  );
}

type Policies = Readonly<
  Record<string, { readonly Properties: { readonly PolicyDocument: { readonly Statement: unknown[] } } }>
>;

type Functions = Readonly<
  Record<string, { readonly Properties: { readonly Code: { readonly S3Key: string } } }>
>;

type Outputs = Readonly<Record<string, { readonly Value: { readonly Ref: string } }>>;
