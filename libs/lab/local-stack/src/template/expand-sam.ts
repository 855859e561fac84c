import path from 'node:path';

import { isRecord } from '@parallel-lambda/local-lambda';

import { recordOf } from '../stack/template-resource.ts';
import { listOf } from './intrinsic-values.ts';
import type { TemplateContent } from './parse-template.ts';

/** The transform that makes a template a SAM template. */
const samTransform = 'AWS::Serverless-2016-10-31';

/** Properties of an event whose name differs in the event source mapping. */
const sourceProperty: Readonly<Record<string, string>> = {
  SQS: 'Queue',
  Kinesis: 'Stream',
  DynamoDB: 'Stream',
  MSK: 'Stream',
  SelfManagedKafka: '',
};

/**
 * Expands the SAM resources of a template to those of CloudFormation that the lab serves: functions with their event source
 * mappings and SNS subscriptions, simple tables and layers. Other templates are returned as they are.
 *
 * @param template evaluated: without parameters and conditions
 * @param folder of the template, absolute: `CodeUri` and `ContentUri` are relative to it
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
 */
export function expandSam(template: TemplateContent, folder: string): TemplateContent {
  const { Transform: transform } = template;
  if (![transform].flat().includes(samTransform)) return template;
  const globals = recordOf(recordOf(template.Globals).Function);
  const resources = Object.entries(recordOf(template.Resources)).flatMap(([id, resource]) =>
    expandResource(id, recordOf(resource), globals, folder),
  );
  return { ...template, Resources: Object.fromEntries(resources) };
}

function expandResource(
  id: string,
  resource: TemplateContent,
  globals: TemplateContent,
  folder: string,
): readonly (readonly [string, TemplateContent])[] {
  switch (resource.Type) {
    case 'AWS::Serverless::Function':
      return expandFunction(id, resource, globals, folder);
    case 'AWS::Serverless::SimpleTable':
      return [[id, simpleTable(resource)]];
    case 'AWS::Serverless::LayerVersion': {
      const { ContentUri: content = '.', ...properties } = recordOf(resource.Properties);
      return [
        [
          id,
          withAsset(
            { ...resource, Type: 'AWS::Lambda::LayerVersion', Properties: properties },
            content,
            folder,
          ),
        ],
      ];
    }
    default:
      return [[id, resource]];
  }
}

function expandFunction(
  id: string,
  resource: TemplateContent,
  globals: TemplateContent,
  folder: string,
): readonly (readonly [string, TemplateContent])[] {
  const properties = withGlobals(globalsFor(resource, globals), recordOf(resource.Properties));
  const { Events: events, CodeUri: code, InlineCode: inline, ...rest } = properties;
  const { EventInvokeConfig: invokeConfig, DeadLetterQueue: deadLetters, ...settings } = rest;
  const { CapacityProviderConfig: capacity, FunctionUrlConfig: url, ...others } = settings;
  const lambda = {
    ...resource,
    Type: 'AWS::Lambda::Function',
    Properties: {
      ...others,
      ...(inline !== undefined && { Code: { ZipFile: inline } }),
      ...(deadLetters !== undefined && { DeadLetterConfig: deadLetters }),
      ...(capacity !== undefined && { CapacityProviderConfig: capacityProvider(capacity) }),
    },
  };
  const expanded = inline === undefined ? withAsset(lambda, code ?? '.', folder) : lambda;
  const sources = Object.entries(recordOf(events)).flatMap(([name, event]) =>
    expandEvent(id, `${id}${name}`, recordOf(event)),
  );
  return [
    [id, expanded],
    ...sources,
    ...(url === undefined ? [] : ([[`${id}Url`, { Type: 'AWS::Lambda::Url' }]] as const)),
    ...expandInvokeConfig(id, invokeConfig),
  ];
}

/** The global settings that a function does not ignore: `IgnoreGlobals` is `*` or a list of their names. */
function globalsFor({ IgnoreGlobals: ignored }: TemplateContent, globals: TemplateContent): TemplateContent {
  if (ignored === '*') return {};
  return Object.fromEntries(Object.entries(globals).filter(([name]) => !listOf(ignored).includes(name)));
}

/** An event that starts the function becomes a separate resource. The lab names those that it cannot serve. */
function expandEvent(
  functionId: string,
  eventId: string,
  { Type: type, Properties: given }: TemplateContent,
): readonly (readonly [string, TemplateContent])[] {
  const properties = recordOf(given);
  const source = sourceProperty[String(type)];
  if (source !== undefined) {
    const { [source]: arn, ...others } = properties;
    const mapping = type === 'SelfManagedKafka' ? selfManaged(others) : { ...others, EventSourceArn: arn };
    return [[eventId, mappingOf(functionId, mapping)]];
  }
  if (type === 'SNS') return expandTopicEvent(functionId, eventId, properties);
  return [[eventId, { Type: `AWS::Serverless::Event::${String(type)}`, Properties: properties }]];
}

function mappingOf(functionId: string, properties: TemplateContent): TemplateContent {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { ...properties, FunctionName: { Ref: functionId } },
  };
}

/**
 * Expands a subscription of a function to a topic, which may go through a queue.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-sns.html
 */
function expandTopicEvent(
  functionId: string,
  eventId: string,
  { Topic: topic, SqsSubscription: queued, ...others }: TemplateContent,
): readonly (readonly [string, TemplateContent])[] {
  const subscription = (protocol: string, endpoint: unknown): TemplateContent => ({
    Type: 'AWS::SNS::Subscription',
    Properties: { ...others, TopicArn: topic, Protocol: protocol, Endpoint: endpoint },
  });
  if (queued === undefined || queued === false) {
    return [[eventId, subscription('lambda', { 'Fn::GetAtt': [functionId, 'Arn'] })]];
  }
  const { QueueArn: given, BatchSize, Enabled } = recordOf(queued);
  const arn = given ?? { 'Fn::GetAtt': [`${eventId}Queue`, 'Arn'] };
  const settings = {
    ...(BatchSize !== undefined && { BatchSize }),
    ...(Enabled !== undefined && { Enabled }),
  };
  return [
    ...(given === undefined ? ([[`${eventId}Queue`, { Type: 'AWS::SQS::Queue' }]] as const) : []),
    [eventId, subscription('sqs', arn)],
    [`${eventId}EventSourceMapping`, mappingOf(functionId, { ...settings, EventSourceArn: arn })],
  ];
}

/** @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-capacityproviderconfig.html */
function capacityProvider(config: unknown): TemplateContent {
  const { Arn, ...others } = recordOf(config);
  return { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: Arn, ...others } };
}

/**
 * Expands the settings of asynchronous events. SAM makes the queue or topic of a destination without an ARN.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventinvokeconfiguration.html
 */
function expandInvokeConfig(
  functionId: string,
  config: unknown,
): readonly (readonly [string, TemplateContent])[] {
  if (!isRecord(config)) return [];
  const id = `${functionId}EventInvokeConfig`;
  const made: [string, TemplateContent][] = [];
  const destinations = Object.entries(recordOf(config.DestinationConfig)).map(([event, given]) => {
    const { Type: type, Destination: own } = recordOf(given);
    if (own !== undefined || (type !== 'SQS' && type !== 'SNS')) return [event, { Destination: own }];
    const madeId = `${id}${event}${type === 'SQS' ? 'Queue' : 'Topic'}`;
    made.push([madeId, { Type: type === 'SQS' ? 'AWS::SQS::Queue' : 'AWS::SNS::Topic' }]);
    const arn = type === 'SQS' ? { 'Fn::GetAtt': [madeId, 'Arn'] } : { Ref: madeId };
    return [event, { Destination: arn }];
  });
  const properties = {
    ...config,
    FunctionName: { Ref: functionId },
    DestinationConfig: Object.fromEntries(destinations) as TemplateContent,
  };
  return [...made, [id, { Type: 'AWS::Lambda::EventInvokeConfig', Properties: properties }]];
}

function selfManaged({ KafkaBootstrapServers: servers, ...others }: TemplateContent): TemplateContent {
  return { ...others, SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: servers } } };
}

/** Objects are merged, lists are joined, and anything else is the function's own or else the global one. */
function withGlobals(globals: TemplateContent, own: TemplateContent): TemplateContent {
  const merged = Object.entries(globals).map(([key, value]): [string, unknown] => {
    const mine = own[key];
    if (mine === undefined) return [key, value];
    if (Array.isArray(value) && Array.isArray(mine))
      return [key, [...(value as unknown[]), ...(mine as unknown[])]];
    if (isRecord(value) && isRecord(mine)) return [key, withGlobals(value, mine)];
    return [key, mine];
  });
  return { ...own, ...Object.fromEntries(merged) };
}

function simpleTable(resource: TemplateContent): TemplateContent {
  const { PrimaryKey: key, ...properties } = recordOf(resource.Properties);
  const { Name: name = 'id', Type: type = 'String' } = recordOf(key);
  return {
    ...resource,
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      ...properties,
      AttributeDefinitions: [{ AttributeName: name, AttributeType: String(type).charAt(0) }],
      KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
    },
  };
}

/** A local folder as CDK names it; an object in S3 has none. */
function withAsset(resource: TemplateContent, uri: unknown, folder: string): TemplateContent {
  if (typeof uri !== 'string' || uri.startsWith('s3://')) return resource;
  const metadata = { ...recordOf(resource.Metadata), 'aws:asset:path': path.resolve(folder, uri) };
  return { ...resource, Metadata: metadata };
}
