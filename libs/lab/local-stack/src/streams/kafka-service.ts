import { isWholeNumber } from '@parallel-lambda/local-lambda';

import { Input } from '../endpoint/input.ts';
import { NotServedError } from '../endpoint/not-served.ts';
import { reply, ServiceError, type Service } from '../endpoint/reply.ts';
import type { StreamSources } from './stream-sources.ts';

/** Partitions of a topic at most, here. */
const maxPartitions = 1_000_000;

/**
 * Records for Kafka topics, in the words of Confluent's REST Proxy (v2): Kafka's own protocol is none of HTTP's. Keys and
 * values are JSON, or with `application/vnd.kafka.binary.v2+json` base64.
 *
 * @see https://docs.confluent.io/platform/current/kafka-rest/api.html#post--topics-(string-topic_name)
 */
export function kafkaService({ topics }: StreamSources): Service {
  return ({ method, url, operation, headers, body, response }) => {
    if (method !== 'POST') throw new NotServedError(operation);
    const topic = decodeURIComponent(url.pathname.split('/')[2] ?? '');
    const feds = topics.get(topic);
    if (!feds) {
      const known = [...topics.keys()].join(', ') || 'none';
      throw new ServiceError(404, '40401', `Topic ${topic} not found. Available topics: ${known}`);
    }
    const bytes = headers['content-type']?.includes('kafka.binary') ? fromBase64 : fromJson;
    // All of them are read before one is produced.
    const records = Input.of({ body })
      .objects('records')
      .map((record) => ({
        topic,
        partition: partitionOf(record),
        key: bytes(record.value.key ?? null),
        value: bytes(record.value.value ?? null),
      }));
    const offsets = records.map((record) => {
      const [id = ''] = feds.map(({ source }) => source.produce(record, Date.now()));
      const { partition } = record;
      return { partition, offset: Number(id.split('@').at(-1)), error_code: null, error: null };
    });
    const answer = { offsets, key_schema_id: null, value_schema_id: null };
    reply(response, 200, JSON.stringify(answer), { 'Content-Type': 'application/vnd.kafka.v2+json' });
    for (const { wake } of feds) wake();
  };
}

function partitionOf(record: Input): number {
  const partition = record.has('partition') ? record.number('partition') : 0;
  if (isWholeNumber(partition, 0, maxPartitions - 1)) return partition;
  const sentence = `partition must be a whole number from 0 to ${maxPartitions - 1}, not ${partition}`;
  throw new ServiceError(422, '42201', sentence);
}

function fromBase64(value: unknown): Uint8Array | null {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : null;
}

function fromJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
