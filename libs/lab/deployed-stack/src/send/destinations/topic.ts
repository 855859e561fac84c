import { LabError } from '@parallel-lambda/local-lambda';
import type { Destination, Limits, NotTaken, OutgoingMessage } from '../destination.ts';

/** What a broker takes by default (`message.max.bytes`). */
const limits: Limits = { messages: 500, messageBytes: 1_048_588, requestBytes: 1_048_588 };

/** A partition's answer in the words of Confluent's REST Proxy. */
interface Offset {
  readonly error_code?: number | null;
  readonly error?: string | null;
}

/**
 * A Kafka topic, as the lab serves it: in the words of Confluent's REST Proxy (v2). Kafka's own protocol is none of
 * HTTP's, and no service of AWS speaks another for it.
 */
export class TopicDestination implements Destination {
  readonly service = 'Kafka';
  readonly limits = limits;
  /** The longest key: `group-9999`. */
  readonly extraBytes = 10;
  readonly grouped = true;
  readonly place: string;
  readonly #url: string;

  /** @param endpoint where the lab serves it */
  constructor(topic: string, endpoint: string) {
    this.place = `the topic ${topic}`;
    this.#url = `${endpoint.replace(/\/$/, '')}/topics/${encodeURIComponent(topic)}`;
  }

  async send(batch: readonly OutgoingMessage[]): Promise<readonly NotTaken[]> {
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const records = batch.map(({ body, group }) => ({ key: base64(group), value: base64(body) }));
    const { offsets = [] } = await this.#post({ records });
    return batch.flatMap(({ id }, index) => {
      const { error_code: code, error } = offsets[index] ?? { error_code: -1, error: 'no answer' };
      // 1 is an error that comes again, 2 one that may not; the rest are the proxy's own.
      return code ? [{ id, code: String(code), message: error ?? '', again: code !== 1 }] : [];
    });
  }

  async #post(body: object): Promise<{ readonly offsets?: readonly Offset[] }> {
    const headers = { 'Content-Type': 'application/vnd.kafka.binary.v2+json' };
    const response = await fetch(this.#url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(
      (cause: unknown) => {
        throw new LabError('failure', `${this.#url} cannot be reached: start lab serve.`, { cause });
      },
    );
    const answer = await response.text();
    if (!response.ok) throw new LabError('aws-error', `${this.#url} answered ${response.status}: ${answer}`);
    return JSON.parse(answer) as { readonly offsets?: readonly Offset[] };
  }
}
