import type { LocalSqs } from '@parallel-lambda/event-sources/real-time';
import { isRecord } from '@parallel-lambda/local-lambda';

import { recordOf } from '../stack/template-resource.ts';
import { NotServedError } from './not-served.ts';
import { refuse } from './refuse.ts';
import { ServiceError, type Service } from './reply.ts';
import { element, escapeXml, replyInXml } from './xml.ts';

/**
 * SQS in the query protocol, which the AWS SDKs used until November 2023: a form as the request, XML as the response. The local
 * SQS supports the JSON protocol only, so both are converted.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
 */
export function sqsQueryService(sqs: LocalSqs): Service {
  return async ({ headers, operation, body, response }) => {
    const { operation: name, protocol } = operation;
    if (protocol !== 'query') throw new NotServedError(operation);
    const output = await sqs.call(name, inputOf(new URLSearchParams(body.toString())), headers.host ?? '');
    const content = output.body === '' ? {} : recordOf(JSON.parse(output.body));
    if (output.status >= 400) {
      const message = String(content.message ?? content.Message);
      refuse(
        { response, headers },
        operation,
        new ServiceError(output.status, errorCode(output, content), message),
      );
      return;
    }
    const result = element(`${name}Result`, fieldsOf(name, content));
    replyInXml(response, 200, `${name}Response`, result, 'http://queue.amazonaws.com/doc/2012-11-05/');
  };
}

/** Errors whose code in the query protocol has no prefix. */
const withoutPrefix =
  /^(?:InvalidAction|InvalidAttributeName|InvalidAttributeValue|InvalidMessageContents|InvalidParameterValue|MissingParameter|OverLimit|QueueAlreadyExists|ReceiptHandleIsInvalid)$/;

function errorCode({ queryError }: { readonly queryError?: string }, content: object): string {
  const code = String(recordOf(content).__type).replace(/^.*#/, '');
  return withoutPrefix.test(code) ? code : (queryError?.split(';')[0] ?? code);
}

/** Parameters of the form that are lists, by their name in JSON. Those in `entries` are lists of name and value. */
const lists = {
  plain: {
    AttributeName: 'AttributeNames',
    MessageAttributeName: 'MessageAttributeNames',
    MessageSystemAttributeName: 'MessageSystemAttributeNames',
    TagKey: 'TagKeys',
    SendMessageBatchRequestEntry: 'Entries',
    DeleteMessageBatchRequestEntry: 'Entries',
    ChangeMessageVisibilityBatchRequestEntry: 'Entries',
  },
  entries: {
    Attribute: 'Attributes',
    MessageAttribute: 'MessageAttributes',
    MessageSystemAttribute: 'MessageSystemAttributes',
    Tag: 'Tags',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

const numbers = ['DelaySeconds', 'MaxNumberOfMessages', 'MaxResults', 'VisibilityTimeout', 'WaitTimeSeconds'];

/** Parameters as a tree, by the parts of their names: `Tag.1.Key` is `{ Tag: { 1: { Key } } }`. */
interface Tree {
  [part: string]: Tree | string;
}

function inputOf(parameters: URLSearchParams): Readonly<Record<string, unknown>> {
  const tree: Tree = Object.create(null) as Tree;
  for (const [name, value] of parameters) {
    if (['Action', 'Version'].includes(name)) continue;
    const parts = name.split('.');
    const last = parts.pop() ?? '';
    let node = tree;
    for (const part of parts) {
      const next = node[part];
      node = node[part] = typeof next === 'object' ? next : (Object.create(null) as Tree);
    }
    node[last] = value;
  }
  const json = jsonOf(tree);
  // Only `CreateQueue` has them under this name.
  return json.Tags === undefined ? json : { ...json, tags: json.Tags };
}

function jsonOf(tree: Tree): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]): [string, unknown] => {
      if (typeof value === 'string') {
        return [name, numbers.includes(name) && /^-?\d+$/.test(value) ? Number(value) : value];
      }
      const items = Object.entries(value)
        .sort(([one], [other]) => Number(one) - Number(other))
        .map(([, item]) => (typeof item === 'string' ? item : jsonOf(item)));
      const plain = recordOf(lists.plain)[name];
      if (typeof plain === 'string') return [plain, items];
      const entries = recordOf(lists.entries)[name];
      if (typeof entries !== 'string') return [name, jsonOf(value)];
      const pairs = items.map(recordOf).map((item) => [String(item.Name ?? item.Key), item.Value] as const);
      return [entries, Object.fromEntries(pairs)];
    }),
  );
}

/** The elements of members of the output that are lists. That of batches begins with the operation. */
const listElements: Readonly<Record<string, string>> = {
  Failed: 'BatchResultErrorEntry',
  Messages: 'Message',
  QueueUrls: 'QueueUrl',
  queueUrls: 'QueueUrl',
};

/** The elements of members of the output that are maps, and of their keys. */
const mapElements: Readonly<Record<string, readonly [element: string, key: string]>> = {
  Attributes: ['Attribute', 'Name'],
  MessageAttributes: ['MessageAttribute', 'Name'],
  Tags: ['Tag', 'Key'],
};

function fieldsOf(operation: string, content: object): string {
  return Object.entries(content)
    .map(([name, value]: [string, unknown]) => {
      if (Array.isArray(value)) {
        const item = listElements[name] ?? `${operation}ResultEntry`;
        return value.map((each: unknown) => element(item, valueOf(operation, each))).join('');
      }
      const [item, key] = mapElements[name] ?? [];
      if (item === undefined || key === undefined) return element(name, valueOf(operation, value));
      return Object.entries(recordOf(value))
        .map(([own, each]) =>
          element(item, element(key, escapeXml(own)) + element('Value', valueOf(operation, each))),
        )
        .join('');
    })
    .join('');
}

function valueOf(operation: string, value: unknown): string {
  return isRecord(value) ? fieldsOf(operation, value) : escapeXml(String(value));
}
