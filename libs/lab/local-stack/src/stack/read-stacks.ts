import path from 'node:path';

import { assemblyOf, type Assembly } from '../assembly/read-assembly.ts';
import { readTemplates, type Template } from '../template/read-templates.ts';
import { readMapping, type MappingDefinition } from './mapping-definition.ts';
import { account, arnOf, attributesOf, physicalName } from './names.ts';
import { readQueue, type QueueDefinition } from './queue-definition.ts';
import { References, type Referable } from './references.ts';
import { readStream, readTable, type StreamDefinition, type TableDefinition } from './stream-definition.ts';
import { recordOf, resourcesOf, type TemplateResource } from './template-resource.ts';

/** A resource that is not served, and why. */
export interface SkippedResource {
  readonly logicalId: string;
  readonly type: string;
  /** A sentence. */
  readonly reason: string;
}

/** What of a stack can be served on this machine, beside its functions. */
export interface Stack {
  readonly name: string;
  readonly queues: readonly QueueDefinition[];
  readonly streams: readonly StreamDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly mappings: readonly MappingDefinition[];
  readonly skipped: readonly SkippedResource[];
  /** Sentences for the user about the template. */
  readonly warnings: readonly string[];
  /**
   * The stack's outputs whose values are known here, by key.
   *
   * @param endpoint where the stack is served: queues' URLs begin with it
   */
  readonly outputs: (endpoint: string) => ReadonlyMap<string, string>;
}

/** The functions of an assembly, and its stacks. */
export interface StacksOfAssembly {
  readonly assembly: Assembly;
  readonly stacks: readonly Stack[];
}

const served = [
  'SQS::Queue',
  'Kinesis::Stream',
  'DynamoDB::Table',
  'Lambda::Function',
  'Lambda::EventSourceMapping',
];

/** What a stack needs on AWS and nothing on this machine asks for: rights, logs, alarms. */
const withoutEffect = /^AWS::(?:IAM|Logs|CloudWatch|CDK)::|::QueuePolicy$|::Permission$|::LogGroup$/;

/**
 * Reads the stacks of a CDK assembly, a SAM build or a template: queues, streams, tables and the mappings from them to the
 * functions.
 *
 * @param folder where `cdk synth` or `sam build` wrote it, such as `infra/cdk.out`, or a template file
 * @param parameters values of the template's parameters, by name. @default their defaults
 * @throws {LabError} `failure`, when it is not there or cannot be read
 */
export async function readStacks(
  folder: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<StacksOfAssembly> {
  const absolute = path.resolve(folder);
  const templates = await readTemplates(absolute, parameters);
  const assembly = assemblyOf(absolute, templates);
  const stacks = templates.map((template) => readStack(template, assembly));
  return { assembly, stacks: stacks.map((stack) => withoutStrangers(stack, assembly, stacks)) };
}

/** Where a queue is served. */
export function queueUrl(endpoint: string, name: string): string {
  return `${endpoint}/${account}/${name}`;
}

/** A name or ARN in a template may be that of something deployed elsewhere, which nobody serves here. */
function withoutStrangers(stack: Stack, { functions }: Assembly, all: readonly Stack[]): Stack {
  const sources = all.flatMap(({ queues, streams, tables }) => [
    ...[...queues, ...streams].map(({ arn }) => arn),
    ...tables.map(({ streamArn }) => streamArn),
  ]);
  const strange = ({ functionName, source, sourceArn }: MappingDefinition): string | undefined => {
    if (!functions.some(({ name }) => name === functionName)) {
      return `its function is in no stack here: ${functionName}`;
    }
    // The cluster that a topic is in is never a resource that is served.
    if (source === 'kafka' || sources.includes(sourceArn)) return undefined;
    return `its source is in no stack here: ${sourceArn}`;
  };
  const type = 'AWS::Lambda::EventSourceMapping';
  const skipped = stack.mappings.flatMap((mapping): SkippedResource[] => {
    const reason = strange(mapping);
    return reason === undefined ? [] : [{ logicalId: mapping.logicalId, type, reason }];
  });
  const mappings = stack.mappings.filter((mapping) => strange(mapping) === undefined);
  return { ...stack, mappings, skipped: [...stack.skipped, ...skipped] };
}

function readStack({ name, content, warnings }: Template, assembly: Assembly): Stack {
  const resources = resourcesOf(content);
  const ofType = (type: string) => resources.filter((resource) => resource.type === `AWS::${type}`);
  const references = referencesTo(resources, assembly, '');
  const skipped: SkippedResource[] = resources
    .filter(({ type }) => !served.includes(type.slice('AWS::'.length)) && !withoutEffect.test(type))
    .map(({ logicalId, type }) => ({ logicalId, type, reason: 'it is of a type that is not served here' }));
  const mappings = ofType('Lambda::EventSourceMapping').flatMap((resource) => {
    const mapping = readMapping(resource, references);
    if (typeof mapping !== 'string') return [mapping];
    skipped.push({ logicalId: resource.logicalId, type: resource.type, reason: mapping });
    return [];
  });
  return {
    name,
    queues: ofType('SQS::Queue').map((resource) => readQueue(resource, references)),
    streams: ofType('Kinesis::Stream').map(readStream),
    tables: ofType('DynamoDB::Table').map(readTable),
    mappings,
    skipped,
    warnings,
    outputs: (endpoint) => outputsOf(content, referencesTo(resources, assembly, endpoint)),
  };
}

function referencesTo(
  resources: readonly TemplateResource[],
  assembly: Assembly,
  endpoint: string,
): References {
  const functions = assembly.functions.map(({ logicalId, name }): [string, Referable] => [
    logicalId,
    { ref: name, attributes: { Arn: arnOf('lambda', `function:${name}`) } },
  ]);
  const others = resources
    .filter(({ type }) => ['AWS::SQS::Queue', 'AWS::Kinesis::Stream', 'AWS::DynamoDB::Table'].includes(type))
    .map((resource): [string, Referable] => {
      const name = physicalName(resource);
      const ref = resource.type === 'AWS::SQS::Queue' ? queueUrl(endpoint, name) : name;
      return [resource.logicalId, { ref, attributes: attributesOf(resource) }];
    });
  return new References(new Map([...functions, ...others]));
}

function outputsOf(
  template: Readonly<Record<string, unknown>>,
  references: References,
): ReadonlyMap<string, string> {
  const outputs = Object.entries(recordOf(template.Outputs)).flatMap(([key, output]): [string, string][] => {
    const value = references.text(recordOf(output).Value);
    return value === undefined ? [] : [[key, value]];
  });
  return new Map(outputs);
}
