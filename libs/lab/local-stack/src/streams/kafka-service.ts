import { reply, ServiceError, type Service } from '../endpoint/reply.ts';
import type { StreamSources } from './stream-sources.ts';

interface Produced {
  readonly key?: unknown;
  readonly value: unknown;
  readonly partition?: number;
}

/**
 * Records for Kafka topics, in the words of Confluent's REST Proxy (v2): Kafka's own protocol is none of HTTP's. Keys and
 * values are JSON, or with `application/vnd.kafka.binary.v2+json` base64.
 *
 * @see https://docs.confluent.io/platform/current/kafka-rest/api.html#post--topics-(string-topic_name)
 */
export function kafkaService({ topics }: StreamSources): Service {
  return ({ method, url, headers, body, response }) => {
    const topic = decodeURIComponent(url.pathname.split('/')[2] ?? '');
    const feds = topics.get(topic);
    if (!feds) {
      const known = [...topics.keys()].join(', ') || 'none';
      throw new ServiceError(404, '40401', `Topic ${topic} not found; there is: ${known}`);
    }
    if (method !== 'POST') throw new ServiceError(405, '40501', `${method} of a topic is not served here`);
    const { records = [] } = JSON.parse(body.toString()) as { readonly records?: readonly Produced[] };
    const bytes = headers['content-type']?.includes('kafka.binary') ? fromBase64 : fromJson;
    const offsets = records.map(({ key = null, value, partition = 0 }) => {
      const record = { topic, partition, key: bytes(key), value: bytes(value) };
      const [id = ''] = feds.map(({ source }) => source.produce(record, Date.now()));
      return { partition, offset: Number(id.split('@').at(-1)), error_code: null, error: null };
    });
    const answer = { offsets, key_schema_id: null, value_schema_id: null };
    reply(response, 200, JSON.stringify(answer), { 'Content-Type': 'application/vnd.kafka.v2+json' });
    for (const { wake } of feds) wake();
  };
}

function fromBase64(value: unknown): Uint8Array | null {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : null;
}

function fromJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
