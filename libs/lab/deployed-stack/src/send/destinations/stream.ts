import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';

import { clientSettings } from '../../client-settings.ts';
import { unlessMissing } from '../../missing.ts';
import type { Destination, Limits, NotTaken, OutgoingMessage } from '../destination.ts';

/** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
const limits: Limits = { messages: 500, messageBytes: 1_048_576, requestBytes: 5_242_880 };

/** A Kinesis stream: a record a message, its group for partition key. */
export class StreamDestination implements Destination {
  readonly service = 'Kinesis';
  readonly limits = limits;
  /** The longest partition key: `group-9999`. */
  readonly extraBytes = 10;
  readonly grouped = true;
  readonly place: string;
  readonly #streamName: string;
  /** Alone of its kind, Kinesis's client speaks HTTP/2 by itself, which a local endpoint does not. */
  readonly #client = new KinesisClient({
    requestHandler: new NodeHttpHandler(clientSettings.requestHandler),
  });

  constructor(streamName: string) {
    this.#streamName = streamName;
    this.place = `the stream ${streamName}`;
  }

  /** A record that was not taken has an error in its place; the stream's throughput or a fault of Kinesis, so again. */
  async send(batch: readonly OutgoingMessage[]): Promise<readonly NotTaken[]> {
    const Records = batch.map(({ body, group }) => ({ Data: Buffer.from(body), PartitionKey: group }));
    const command = new PutRecordsCommand({ StreamName: this.#streamName, Records });
    const { Records: results = [] } = await unlessMissing(
      `The stream ${this.#streamName}`,
      this.#client.send(command),
    );
    return batch.flatMap(({ id }, index) => {
      const { ErrorCode: code, ErrorMessage: message = '' } = results[index] ?? { ErrorCode: 'NoAnswer' };
      return code === undefined ? [] : [{ id, code, message, again: true }];
    });
  }
}
