import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';

import { clientSettings, responseFrom } from '../../aws.ts';
import type { Destination, FailedMessage, Limits, OutgoingMessage } from '../destination.ts';

/**
 * A stream accepts records of 1 MiB unless its maximum record size is raised; Kinesis itself refuses larger ones.
 *
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 * @see https://docs.aws.amazon.com/streams/latest/dev/large-records.html
 */
const limits: Limits = { messages: 500, messageBytes: 10_485_760, requestBytes: 10_485_760 };

/** A Kinesis stream: one record per message, with its group as partition key. */
export class StreamDestination implements Destination {
  readonly service = 'Kinesis';
  readonly limits = limits;
  /** Length of the longest partition key: `group-9999`. */
  readonly overheadBytes = 10;
  readonly grouped = true;
  readonly place: string;
  readonly #streamName: string;
  /** The Kinesis client uses HTTP/2 by default, which other local endpoints may not support. */
  readonly #client = new KinesisClient({
    requestHandler: new NodeHttpHandler(clientSettings.requestHandler),
  });

  constructor(streamName: string) {
    this.#streamName = streamName;
    this.place = `the stream ${streamName}`;
  }

  /** All failures are retryable: they come from the throughput of the stream, or from Kinesis itself. */
  async send(batch: readonly OutgoingMessage[]): Promise<readonly FailedMessage[]> {
    const Records = batch.map(({ body, group }) => ({ Data: Buffer.from(body), PartitionKey: group }));
    const command = new PutRecordsCommand({ StreamName: this.#streamName, Records });
    const { Records: results = [] } = await responseFrom(
      `The stream ${this.#streamName}`,
      this.#client.send(command),
    );
    return batch.flatMap(({ id }, index) => {
      const { ErrorCode: code, ErrorMessage: message = '' } = results[index] ?? { ErrorCode: 'NoResult' };
      return code === undefined ? [] : [{ id, code, message, retryable: true }];
    });
  }
}
