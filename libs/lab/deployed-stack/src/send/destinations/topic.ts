import { LabError } from '@parallel-lambda/local-lambda';

import type { Destination, FailedMessage, Limits, OutgoingMessage } from '../destination.ts';

/** A broker's default (`message.max.bytes`). */
const limits: Limits = { messages: 500, messageBytes: 1_048_588, requestBytes: 1_048_588 };

/** The result for one record, in the format of the Confluent REST Proxy. */
interface Offset {
  readonly error_code?: number | null;
  readonly error?: string | null;
}

/** The error code of the Confluent REST Proxy for errors that another attempt does not solve. */
const permanentError = 1;

/**
 * A Kafka topic that the lab serves, over the API of the Confluent REST Proxy (v2): Kafka's own protocol is not HTTP, and
 * no AWS service offers another one.
 */
export class TopicDestination implements Destination {
  readonly service = 'Kafka';
  readonly limits = limits;
  /** Length of the longest key: `group-9999`. */
  readonly overheadBytes = 10;
  readonly grouped = true;
  readonly place: string;
  readonly #url: string;

  /** @param endpoint of the lab */
  constructor(topic: string, endpoint: string) {
    this.place = `the topic ${topic}`;
    this.#url = `${endpoint.replace(/\/$/, '')}/topics/${encodeURIComponent(topic)}`;
  }

  async send(batch: readonly OutgoingMessage[]): Promise<readonly FailedMessage[]> {
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const records = batch.map(({ body, group }) => ({ key: base64(group), value: base64(body) }));
    const { offsets = [] } = await this.#post({ records });
    return batch.flatMap(({ id }, index) => {
      const { error_code: code, error } = offsets[index] ?? { error_code: -1, error: 'no result' };
      return code
        ? [{ id, code: String(code), message: error ?? '', retryable: code !== permanentError }]
        : [];
    });
  }

  async #post(body: object): Promise<{ readonly offsets?: readonly Offset[] }> {
    const headers = { 'Content-Type': 'application/vnd.kafka.binary.v2+json' };
    const response = await fetch(this.#url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(
      (cause: unknown) => {
        throw new LabError(
          'failure',
          `${this.#url} cannot be reached. Start serve, which prints the endpoint.`,
          { cause },
        );
      },
    );
    const text = await response.text();
    if (!response.ok)
      throw new LabError('aws-error', `${this.#url} answered with ${response.status}: ${text}`);
    return JSON.parse(text) as { readonly offsets?: readonly Offset[] };
  }
}
