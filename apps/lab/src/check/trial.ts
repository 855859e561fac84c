import { sqsRecord } from '@parallel-lambda/event-source';
import {
  LocalFunction,
  type FunctionDefinition,
  type InvocationResult,
  type Runtime,
} from '@parallel-lambda/local-lambda';

import { Witness, type Answer, type Sighting } from './witness.ts';

/** One message of a trial. */
export interface TrialMessage {
  readonly id: string;
  /** In a FIFO queue. */
  readonly group?: string;
  /** @default 'succeed' */
  readonly answer?: Answer;
  /** In place of what asks for a call. */
  readonly body?: string;
}

/** What was seen of one invocation, from outside. */
export interface Trial {
  readonly result: InvocationResult;
  /** The identifiers that the function reported; `undefined` when it did not respond. */
  readonly reported: readonly string[] | undefined;
  readonly sightings: readonly Sighting[];
  /** The most messages in work at one time. */
  readonly peak: number;
  /** How many messages were in work when the function responded. */
  readonly openAtResponse: number;
}

/** A function under check. */
export interface Subject {
  readonly definition: FunctionDefinition;
  readonly runtime: Runtime;
  /** The size of the largest batch. */
  readonly messages: number;
}

/** Invokes a function once, in an environment of its own. */
export async function tryMessages(subject: Subject, messages: readonly TrialMessage[]): Promise<Trial> {
  const answers = new Map(messages.map(({ id, answer = 'succeed' }) => [id, answer]));
  await using witness = await Witness.open((id) => answers.get(id) ?? 'fail');
  const Records = messages.map(({ id, group, body = JSON.stringify({ fetch: witness.url(id) }) }) =>
    sqsRecord({ messageId: id, body, ...(group !== undefined && { messageGroupId: group }) }),
  );
  await using local = open(subject);
  const result = await local.invoke({ Records });
  // The environment is frozen now. A connection that the function closed before that is seen a moment later.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { open: openAtResponse, sightings, peak } = witness;
  return { result, reported: reportedIn(result), sightings, peak, openAtResponse };
}

/** Invokes a function with any event. */
export async function invokeOnce(subject: Subject, event: unknown): Promise<InvocationResult> {
  await using local = open(subject);
  return await local.invoke(event);
}

function open({ definition, runtime }: Subject): LocalFunction {
  return new LocalFunction(definition, { runtime });
}

function reportedIn(result: InvocationResult): readonly string[] | undefined {
  if (result.status !== 'success') return undefined;
  const { batchItemFailures = [] } = (result.payload ?? {}) as {
    readonly batchItemFailures?: readonly { readonly itemIdentifier?: string }[];
  };
  return batchItemFailures.map(({ itemIdentifier }) => String(itemIdentifier));
}
