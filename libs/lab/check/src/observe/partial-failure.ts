import { isRecord } from '@parallel-lambda/local-lambda';

import type { RecordedCall, ServiceAnswer } from './recorded-call.ts';
import { successAnswer } from './service-answer.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Operations that succeed with HTTP status 200 although some of their entries have failed. */
const operations: Readonly<Record<string, (input: Fields, success: Fields, failed: Failed) => Fields>> = {
  SendMessageBatch: ({ Entries }, { Successful }, failed) => {
    const ids = listOf(Entries).flatMap((entry) => (failed(entry) ? [fieldsOf(entry).Id] : []));
    return {
      Successful: listOf(Successful).filter((entry) => !ids.includes(fieldsOf(entry).Id)),
      Failed: ids.map((Id) => ({ Id, Code: 'InternalError', SenderFault: false })),
    };
  },
  PutEvents: ({ Entries }, _, failed) => {
    const results = listOf(Entries).map((entry) =>
      failed(entry) ? { ErrorCode: 'InternalFailure' } : { EventId: 'lab' },
    );
    return { FailedEntryCount: listOf(Entries).filter(failed).length, Entries: results };
  },
  PutRecords: ({ Records }, { Records: succeeded }, failed) => {
    const results = listOf(Records).map((record, place) =>
      failed(record) ? { ErrorCode: 'InternalFailure' } : listOf(succeeded)[place],
    );
    return { FailedRecordCount: listOf(Records).filter(failed).length, Records: results };
  },
  BatchWriteItem: ({ RequestItems }, _, failed) => {
    const tables = Object.entries(fieldsOf(RequestItems)).map(([table, requests]) => [
      table,
      listOf(requests).filter(failed),
    ]);
    return { UnprocessedItems: Object.fromEntries(tables) };
  },
};

/** Returns whether an entry must fail. */
type Failed = (entry: unknown) => boolean;

/**
 * Returns the answer of an AWS service to a call for several messages of which some fail.
 *
 * @param isFailed is given the text of an entry
 * @returns `undefined` for any other call
 */
export function partialFailure(
  call: RecordedCall,
  isFailed: (text: string) => boolean,
): ServiceAnswer | undefined {
  const name = call.headers['x-amz-target']?.split('.').at(-1) ?? '';
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) return undefined;
  const success = successAnswer(call);
  const input = fieldsOf(JSON.parse(call.body.toString()));
  const failed: Failed = (entry) => isFailed(textOf(entry));
  return { ...success, body: JSON.stringify(operation(input, fieldsOf(JSON.parse(success.body)), failed)) };
}

/** The text of an entry; bytes are in base64. */
function textOf(entry: unknown): string {
  const text = JSON.stringify(entry);
  const encoded = text.match(/[A-Za-z0-9+/]{12,}={0,2}/g) ?? [];
  return [text, ...encoded.map((each) => Buffer.from(each, 'base64').toString())].join('\n');
}

function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
