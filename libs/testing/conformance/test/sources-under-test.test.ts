import { readBatch } from '@parallel-lambda/batch/technique';
import { describe, expect, it } from 'vitest';

import { sourcesUnderTest } from '../src/sources/sources-under-test.ts';

const messages = ['b', undefined, 'b', 'a'].map((group, index) => ({
  id: `${index}`,
  body: `body ${index}`,
  group,
}));
/** Kafka delivers the records of a partition together. */
const together = [0, 2, 1, 3].map((index) => messages[index]).filter((message) => message !== undefined);

describe.each(sourcesUnderTest)('an event of $name', (source) => {
  const sent = source.name === 'Kafka, by partition' ? together : messages;

  it('is a batch of its source, with one lane per group if the source has an order', () => {
    const batch = readBatch(source.eventOf(sent), source.options);
    expect(source.name).toContain(batch.source.name);
    expect(batch.messages.map(({ text }) => text)).toEqual(
      sent.map((message) => source.textOf?.(message) ?? message.body),
    );
    const lanes = batch.lanes.map((lane) => lane.map((position) => sent[position]?.id));
    expect(lanes).toEqual(source.ordered ? [['0', '2'], ['1'], ['3']] : [['0'], ['1'], ['2'], ['3']]);
  });

  it('has the identifiers that the library reads', () => {
    const { source: read, messages: all } = readBatch(source.eventOf(sent), source.options);
    expect(source.identifiersOf(sent)).toEqual(all.map((message) => read.identify(message)));
  });
});
