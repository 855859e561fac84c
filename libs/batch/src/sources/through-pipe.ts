import { requiredText } from './required.ts';
import type { Source } from './source.ts';

interface PipeRecord {
  readonly eventID?: unknown;
}

/**
 * Creates the source of a stream whose records EventBridge Pipes passes: a pipe takes the `eventID` of a record as
 * its identifier, not the sequence number.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html
 */
export function throughPipe(stream: Source): Source {
  const name = `${stream.name} through EventBridge Pipes`;
  return {
    ...stream,
    name,
    readHead(record: PipeRecord, options) {
      const head = stream.readHead(record, options);
      requiredText(`Record ${head.id} of ${name} must have an eventID`, record.eventID);
      return head;
    },
    identify: ({ record }) => (record as { readonly eventID: string }).eventID,
  };
}
