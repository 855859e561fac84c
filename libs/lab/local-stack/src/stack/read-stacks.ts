import path from 'node:path';

import { functionsOf, type Assembly } from '../assembly/read-assembly.ts';
import type { GivenLayers } from '../assembly/read-layers.ts';
import { readTemplates } from '../template/read-templates.ts';
import { readAsynchronous, type AsynchronousDefinition } from './asynchronous-definition.ts';
import { functionNameOf } from './mapped-source.ts';
import { readMapping, type MappingDefinition } from './mapping-definition.ts';
import { readQueue, type QueueDefinition } from './queue-definition.ts';
import { servedAt } from './referable.ts';
import { resolveTemplates, type ResolvedTemplate } from './resolve-templates.ts';
import { readStream, readTable, type StreamDefinition, type TableDefinition } from './stream-definition.ts';
import {
  readSubscriptions,
  readTopic,
  type SubscriptionDefinition,
  type TopicDefinition,
} from './topic-definition.ts';
import { unservedDestinations } from './unserved-destinations.ts';

/** A resource that is not served, and why. */
export interface SkippedResource {
  readonly logicalId: string;
  readonly type: string;
  /** A sentence. */
  readonly reason: string;
}

/** Resources of a stack that can be served on this machine, besides its functions. */
export interface Stack {
  readonly name: string;
  /** Names of its functions, also of those that are not served. */
  readonly functions: readonly string[];
  readonly queues: readonly QueueDefinition[];
  readonly streams: readonly StreamDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly topics: readonly TopicDefinition[];
  /** Those of queues and functions. */
  readonly subscriptions: readonly SubscriptionDefinition[];
  readonly mappings: readonly MappingDefinition[];
  /** Settings by function. A function without an entry has Lambda's defaults. */
  readonly asynchronous: readonly AsynchronousDefinition[];
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

const mappingType = 'AWS::Lambda::EventSourceMapping';

/** Types of resources that are read, and parts of them. */
const served = [
  'AWS::SQS::Queue',
  'AWS::Kinesis::Stream',
  'AWS::Kinesis::StreamConsumer',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Version',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  mappingType,
];

/** The reason why a resource of another type is skipped. */
export const typeNotServed = 'it is of a type that is not served here';

/** Resources without effect on this machine: permissions, logs, alarms. */
const withoutEffect =
  /^AWS::(?:IAM|Logs|CloudWatch|CDK)::|^AWS::Serverless::Connector$|::QueuePolicy$|::TopicPolicy$|::Permission$|::LogGroup$/;

/** Inputs of the user beside an assembly. */
export interface StackInputs {
  /** Values of the parameters of its templates, by name. @default their defaults */
  readonly parameter?: Readonly<Record<string, string>> | undefined;
  /** Folders and zip files of layers that are not in it, by name or ARN. @default none */
  readonly layer?: GivenLayers | undefined;
}

/**
 * Reads the stacks of a CDK assembly, a SAM build or a template: queues, streams, tables and the mappings from them to the
 * functions.
 *
 * @param folder where `cdk synth` or `sam build` wrote it, such as `infra/cdk.out`, or a template file
 * @throws {LabError} `failure`, when it is not there or cannot be read; `usage`, when no function has a layer of the inputs
 */
export async function readStacks(
  folder: string,
  { parameter, layer }: StackInputs = {},
): Promise<StacksOfAssembly> {
  const absolute = path.resolve(folder);
  const templates = resolveTemplates(await readTemplates(absolute, parameter));
  const assembly = { folder: absolute, ...functionsOf(templates, layer) };
  const stacks = templates.map(readStack);
  return { assembly, stacks: stacks.map((stack) => withoutStrangers(stack, assembly, stacks)) };
}

/** Reads the functions alone. The inputs and errors are those of `readStacks`. */
export async function readAssembly(folder: string, inputs?: StackInputs): Promise<Assembly> {
  return (await readStacks(folder, inputs)).assembly;
}

/** A name or ARN in a template may be that of something deployed elsewhere, which is not served here. */
function withoutStrangers(stack: Stack, { functions, skipped }: Assembly, all: readonly Stack[]): Stack {
  const sources = all.flatMap(({ queues, streams, tables }) => [
    ...[...queues, ...streams].map(({ arn }) => arn),
    ...tables.map(({ streamArn }) => streamArn),
  ]);
  const missingFunction = (functionName: string): string | undefined => {
    if (functions.some(({ name }) => name === functionName)) return undefined;
    const known = skipped.some(({ name }) => name === functionName);
    return `its function is ${known ? 'not served' : 'not in a stack here'}: ${functionName}`;
  };
  const strange = ({ functionName, source, sourceArn }: MappingDefinition): string | undefined => {
    // The cluster that a topic is in is never a resource that is served.
    const found = source === 'kafka' || sources.includes(sourceArn);
    return (
      missingFunction(functionName) ?? (found ? undefined : `its source is not in a stack here: ${sourceArn}`)
    );
  };
  const strangers = stack.mappings.flatMap((mapping): SkippedResource[] => {
    const reason = strange(mapping);
    return reason === undefined ? [] : [{ logicalId: mapping.logicalId, type: mappingType, reason }];
  });
  const mappings = stack.mappings.filter((mapping) => strange(mapping) === undefined);
  const topics = all.flatMap((each) => each.topics.map(({ arn }) => arn));
  const missing = ({ topicArn, protocol, endpoint }: SubscriptionDefinition): string | undefined => {
    if (!topics.includes(topicArn)) return `its topic is not in a stack here: ${topicArn}`;
    if (protocol === 'lambda') return missingFunction(endpoint);
    return sources.includes(endpoint) ? undefined : `its queue is not in a stack here: ${endpoint}`;
  };
  const unsubscribed = stack.subscriptions.flatMap((subscription): SkippedResource[] => {
    const reason = missing(subscription);
    const { logicalId } = subscription;
    return reason === undefined ? [] : [{ logicalId, type: 'AWS::SNS::Subscription', reason }];
  });
  return {
    ...stack,
    mappings,
    subscriptions: stack.subscriptions.filter((subscription) => missing(subscription) === undefined),
    skipped: [...stack.skipped, ...strangers, ...unsubscribed],
    warnings: [
      ...stack.warnings,
      ...unservedDestinations(
        { ...stack, mappings },
        (arn) =>
          sources.includes(arn) ||
          topics.includes(arn) ||
          functions.some(({ name }) => name === functionNameOf(arn)),
      ),
    ],
  };
}

function readStack({ name, resources, outputs, warnings }: ResolvedTemplate): Stack {
  const ofType = (...types: readonly string[]) =>
    resources.filter(({ type }) => types.some((each) => type === `AWS::${each}`));
  const skipped: SkippedResource[] = resources
    .filter(({ type }) => !served.includes(type) && !withoutEffect.test(type))
    .map(({ logicalId, type }) => ({ logicalId, type, reason: typeNotServed }));
  const mappings = ofType('Lambda::EventSourceMapping').flatMap((resource) => {
    const mapping = readMapping(resource);
    if (typeof mapping !== 'string') return [mapping];
    skipped.push({ logicalId: resource.logicalId, type: resource.type, reason: mapping });
    return [];
  });
  const subscriptions = ofType('SNS::Topic', 'SNS::Subscription').flatMap((resource) =>
    readSubscriptions(resource).flatMap((subscription) => {
      if (typeof subscription !== 'string') return [subscription];
      skipped.push({ logicalId: resource.logicalId, type: resource.type, reason: subscription });
      return [];
    }),
  );
  return {
    name,
    functions: ofType('Lambda::Function').map((resource) => resource.name),
    queues: ofType('SQS::Queue').map(readQueue),
    streams: ofType('Kinesis::Stream').map(readStream),
    tables: ofType('DynamoDB::Table', 'DynamoDB::GlobalTable').map(readTable),
    topics: ofType('SNS::Topic').map(readTopic),
    subscriptions,
    mappings,
    asynchronous: readAsynchronous(resources),
    skipped,
    warnings: [
      ...warnings,
      ...ignoredResponses(mappings),
      ...mappings.flatMap(({ logicalId, notes }) => notes.map((note) => `${logicalId}: ${note}`)),
    ],
    outputs: (endpoint) => new Map([...outputs].map(([key, value]) => [key, servedAt(endpoint, value)])),
  };
}

/** A sentence about the mappings of queues, and one about those of streams. */
function ignoredResponses(mappings: readonly MappingDefinition[]): readonly string[] {
  const ignoring = mappings.filter(({ reportBatchItemFailures }) => !reportBatchItemFailures);
  const lost = ({ source }: MappingDefinition): string =>
    source === 'sqs' ? 'deletes failed messages' : 'continues after failed records';
  return [...Map.groupBy(ignoring, lost)].map(([what, all]) => {
    const names = [...new Set(all.map(({ functionName }) => functionName))];
    return (
      `The ${all.length === 1 ? 'mapping' : 'mappings'} of ${new Intl.ListFormat('en').format(names)} ${all.length === 1 ? 'has' : 'have'} no ` +
      `ReportBatchItemFailures, so Lambda ignores the response and ${what}. Add it to FunctionResponseTypes`
    );
  });
}
