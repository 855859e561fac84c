import { createHash } from 'node:crypto';

import { isRecord } from '@parallel-lambda/local-lambda';

import type { RecordedCall, ServiceAnswer } from './recorded-call.ts';

type Called = Pick<RecordedCall, 'method' | 'url' | 'headers' | 'body'>;

const json = { 'content-type': 'application/json' };
const xml = { 'content-type': 'text/xml' };

/** Returns the answer of a service that succeeded: an AWS service by its protocol, or any other. */
export function successAnswer(call: Called): ServiceAnswer {
  const service = awsService(call);
  if (service === undefined) return { status: 200, headers: json, body: '{}' };
  if (service === 's3') return s3Answer(call);
  const target = call.headers['x-amz-target'];
  if (target !== undefined) {
    const body = JSON.stringify(jsonResult(target.split('.').at(-1) ?? '', inputOf(call)));
    return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
  }
  const action = new URLSearchParams(call.body.toString()).get('Action');
  if (action !== null) return { status: 200, headers: xml, body: queryResult(action, call) };
  return { status: 200, headers: json, body: '{}' };
}

/** Returns the answer of a service that is out of order: HTTP status 500, in the form of its protocol. */
export function failureAnswer(call: Called): ServiceAnswer {
  const message = 'The service failed because the lab tests how failures are handled';
  const service = awsService(call);
  const usesXml = service === 's3' || (service !== undefined && /(^|&)Action=/.test(call.body.toString()));
  const body = usesXml
    ? `<ErrorResponse><Error><Type>Receiver</Type><Code>InternalFailure</Code><Message>${message}</Message></Error></ErrorResponse>`
    : JSON.stringify({ __type: 'InternalServerError', message });
  return { status: 500, headers: usesXml ? xml : json, body };
}

/** Returns the AWS service that a request is signed for, such as `sqs`. */
export function awsService({ headers }: Pick<Called, 'headers'>): string | undefined {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1];
}

/**
 * Returns the queue or topic that a call sends messages to.
 *
 * @returns nothing for any other call
 */
export function destinationOf(call: Called): string | undefined {
  const input = { ...inputOf(call), ...Object.fromEntries(new URLSearchParams(call.body.toString())) };
  const isSending = /Send|Publish/.test(String(call.headers['x-amz-target'] ?? input.Action));
  const destination = input.QueueUrl ?? input.TopicArn;
  return isSending && awsService(call) && typeof destination === 'string' ? destination : undefined;
}

function inputOf({ body }: Called): Readonly<Record<string, unknown>> {
  try {
    const input: unknown = JSON.parse(body.toString());
    return isRecord(input) ? input : {};
  } catch {
    return {};
  }
}

/** Results that the AWS SDK or functions check; all others may be empty. */
function jsonResult(operation: string, input: Readonly<Record<string, unknown>>): object {
  const entries = (name: string): readonly Readonly<Record<string, unknown>>[] =>
    (Array.isArray(input[name]) ? input[name] : []).filter(isRecord);
  switch (operation) {
    case 'SendMessage':
      return { MessageId: 'lab', MD5OfMessageBody: md5(input.MessageBody) };
    case 'SendMessageBatch':
      return {
        Successful: entries('Entries').map(({ Id, MessageBody }) => ({
          Id,
          MessageId: 'lab',
          MD5OfMessageBody: md5(MessageBody),
        })),
      };
    case 'DeleteMessageBatch':
    case 'ChangeMessageVisibilityBatch':
      return { Successful: entries('Entries').map(({ Id }) => ({ Id })) };
    case 'PutEvents':
      return { FailedEntryCount: 0, Entries: entries('Entries').map(() => ({ EventId: 'lab' })) };
    case 'PutRecord':
      return { ShardId: 'shardId-000000000000', SequenceNumber: '1' };
    case 'PutRecords':
      return {
        FailedRecordCount: 0,
        Records: entries('Records').map(() => ({ ShardId: 'shardId-000000000000', SequenceNumber: '1' })),
      };
    case 'StartExecution':
      return { executionArn: 'arn:aws:states:us-east-1:000000000000:execution:lab:lab', startDate: 0 };
    case 'BatchWriteItem':
      return { UnprocessedItems: {} };
    case 'Query':
    case 'Scan':
      return { Items: [], Count: 0, ScannedCount: 0 };
    default:
      return {};
  }
}

function s3Answer({ method }: Called): ServiceAnswer {
  if (method === 'PUT') return { status: 200, headers: { etag: '"lab"' }, body: '' };
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: '' };
}

function queryResult(action: string, { body }: Called): string {
  const parameters = new URLSearchParams(body.toString());
  const ids = [...parameters].filter(([name]) => name.endsWith('.Id')).map(([, id]) => id);
  const members = ids.map((id) => `<member><Id>${id}</Id><MessageId>lab</MessageId></member>`).join('');
  const result = action.endsWith('Batch')
    ? `<Successful>${members}</Successful><Failed/>`
    : '<MessageId>lab</MessageId>';
  const end = '<ResponseMetadata><RequestId>lab</RequestId></ResponseMetadata>';
  return `<${action}Response><${action}Result>${result}</${action}Result>${end}</${action}Response>`;
}

function md5(text: unknown): string {
  return createHash('md5')
    .update(typeof text === 'string' ? text : '')
    .digest('hex');
}
