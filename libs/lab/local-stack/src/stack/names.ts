import { createHash } from 'node:crypto';

import { region } from '@parallel-lambda/local-lambda';

import type { TemplateResource } from './template-resource.ts';

/** The account of everything that is served on this machine. */
export const account = '000000000000';

/** A resource under the name that it has on this machine. */
export interface NamedResource extends TemplateResource {
  readonly name: string;
}

/** The properties by which a template names its resources. */
export const nameProperties: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::Kinesis::StreamConsumer': 'ConsumerName',
  'AWS::Lambda::Alias': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Lambda::LayerVersion': 'LayerName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

/** A stack whose resources are named. */
export interface UnnamedStack {
  readonly name: string;
  /** The path of its construct, such as `Prod/Orders`. */
  readonly path: string;
  readonly resources: readonly TemplateResource[];
}

/**
 * Names the resources of all stacks: by the template, or else by construct, such as `promises-Queue`, and a function by its
 * outermost construct. A name that several resources of one type would have gives way to their logical ids, and those of
 * several stacks get the stack's name too.
 *
 * @returns the resources of each stack, in its order
 */
export function nameResources(stacks: readonly UnnamedStack[]): readonly (readonly NamedResource[])[] {
  const candidates = stacks.map((stack) => stack.resources.map((resource) => namesFor(resource, stack)));
  const counts = new Map<string, number>();
  const key = ({ type }: TemplateResource, name: string): string => `${type} ${name}`;
  stacks.forEach(({ resources }, stack) => {
    resources.forEach((resource, index) => {
      for (const name of new Set(candidates[stack]?.[index])) {
        counts.set(key(resource, name), (counts.get(key(resource, name)) ?? 0) + 1);
      }
    });
  });
  return stacks.map(({ resources }, stack) =>
    resources.map((resource, index) => {
      const names = candidates[stack]?.[index] ?? [];
      const unique = names.find((name) => counts.get(key(resource, name)) === 1);
      return { ...resource, name: unique ?? names.at(-1) ?? resource.logicalId };
    }),
  );
}

/** The best first. */
function namesFor(resource: TemplateResource, stack: UnnamedStack): readonly string[] {
  const { logicalId, type, properties } = resource;
  const given = properties[nameProperties[type] ?? ''];
  const below = constructsBelow(resource, stack);
  const ofConstruct = type === 'AWS::Lambda::Function' ? (below[0] ?? '') : below.join('-');
  const names = [
    ofConstruct.replaceAll(/[^\w-]/g, '') || logicalId,
    logicalId,
    ...(below.length > 0 ? [`${stack.name}-${below.join('-')}`] : []),
    `${stack.name}-${logicalId}`,
  ];
  const fifo = [properties.FifoQueue, properties.FifoTopic].some((value) => String(value) === 'true');
  return [
    // A value of Systems Manager is not known here.
    ...(typeof given === 'string' && !given.includes('{{resolve:') ? [given] : []),
    ...names
      .map((name) => shortened(name.replaceAll(/[^\w-]/g, ''), fifo ? '.fifo' : ''))
      .filter(({ length }) => length >= minLength || !type.startsWith('AWS::DynamoDB::')),
  ];
}

/** The minimum length of the names of tables. */
const minLength = 3;

/** The maximum length of the names of queues. */
const maxLength = 80;

/** Shortens a name to what all services accept. Long names often differ at their end only, so the end becomes a hash. */
function shortened(name: string, suffix: string): string {
  const room = maxLength - suffix.length;
  if (name.length <= room) return name + suffix;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, room - hash.length - 1)}-${hash}${suffix}`;
}

/** The ids of the constructs from the stack down to the resource, without both. */
function constructsBelow(
  { constructPath = '' }: TemplateResource,
  { path }: UnnamedStack,
): readonly string[] {
  const below = constructPath.startsWith(`${path}/`)
    ? constructPath.slice(path.length + 1).split('/')
    : constructPath.split('/').slice(1);
  return below.filter((id) => id !== 'Resource');
}

/** The ARN of a function that is served. */
export function functionArn(name: string): string {
  return arnOf('lambda', `function:${name}`);
}

/** The ARN of a resource on this machine. */
export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${region()}:${account}:${resource}`;
}
