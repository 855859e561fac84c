import type { Redelivery } from '@parallel-lambda/batch';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { SimulatedCalls } from '../src/simulation/fates/simulated-calls.ts';
import { simulateSource } from '../src/simulation/simulate-source.ts';
import { SimulatedFunction } from '../src/simulation/simulated-function.ts';
import { simulatedSources } from '../src/simulation/simulated-sources.ts';
import type { Totals } from '../src/simulation/totals.ts';
import { plainTechnique } from './plain-technique.ts';

/** Faults of a redelivery that the simulation must detect. */
interface Flaws {
  readonly ignoresRefusals?: boolean;
  readonly reportsWhatIsParked?: boolean;
}

/** A redelivery for SQS that parks what is given up, and delays what asks for it. Of a stream it ignores the checkpoint. */
function plainRedelivery(client: SimulatedCalls, flaws: Flaws): Redelivery {
  return async ({ batch: { messages }, outcomes }) => {
    const asking = (fate: string) =>
      messages.flatMap((message, position) =>
        fateOf(outcomes[position]) === fate ? [{ message, Id: String(position) }] : [],
      );
    const givenUp = asking('give up');
    const parking = await answerOf(
      client.sendMessageBatch({
        Entries: givenUp.map(({ message, Id }) => ({
          ...{ Id, MessageAttributes: { ParkedMessageId: { StringValue: message.id } } },
        })),
      }),
    );
    const Entries = asking('retry later').map(({ message, Id }) => {
      const { receiptHandle = '' } = message.record as { readonly receiptHandle?: string };
      return { Id, ReceiptHandle: receiptHandle, VisibilityTimeout: 5 };
    });
    await answerOf(client.changeMessageVisibilityBatch({ Entries }));
    if (flaws.reportsWhatIsParked || (!parking && !flaws.ignoresRefusals)) return [];
    const refused = flaws.ignoresRefusals ? [] : (parking?.Failed ?? []).map(({ Id }) => Id);
    const parked = new Set(givenUp.map(({ Id }) => Id).filter((Id) => !refused.includes(Id)));
    return messages.map((_, position) => (parked.has(String(position)) ? 'parked' : undefined));
  };
}

/** Returns the answer of a call; `undefined` if it fails, or there is none. */
function answerOf<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, 1_000, undefined);
  });
  return Promise.race([call.catch(() => undefined), late]);
}

function fateOf(outcome: unknown): unknown {
  const { error } = (outcome ?? {}) as {
    readonly error?: { readonly fate?: unknown; readonly cause?: unknown };
  };
  return error?.fate ?? (error?.cause as { readonly fate?: unknown } | undefined)?.fate;
}

async function simulate(name: string, flaws: Flaws = {}): Promise<Totals> {
  const source = simulatedSources.find((candidate) => candidate.name === name);
  if (!source) throw new Error(`No source is called ${name}`);
  const lambda = new SimulatedFunction(() => plainTechnique(), {
    redelivery: (client) => plainRedelivery(client, flaws),
  });
  onTestFinished(() => lambda[Symbol.asyncDispose]());
  return await simulateSource(lambda, source, { messages: 3_000, seed: 1, slowMessages: Infinity });
}

describe('a simulation with a redelivery', () => {
  it('parks and delays messages, some of them again after an environment was lost, and loses none', async () => {
    const { parked, parkedAgain, delayed } = await simulate('SQS');
    expect(parked).toBeGreaterThan(20);
    expect(parkedAgain).toBeGreaterThan(0);
    expect(delayed).toBeGreaterThan(20);
  });

  it('detects a message that is neither parked nor reported', async () => {
    await expect(simulate('SQS', { ignoresRefusals: true })).rejects.toThrow('Lost: ');
  });

  it('detects a message that is parked and redelivered', async () => {
    await expect(simulate('SQS', { reportsWhatIsParked: true })).rejects.toThrow('Parked twice: ');
  });

  it('detects a record that is parked behind the checkpoint', async () => {
    await expect(simulate('Kinesis')).rejects.toThrow('Parked twice: ');
  });
});
