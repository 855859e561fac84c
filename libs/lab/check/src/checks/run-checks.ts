import type { FunctionDefinition, Runtime } from '@parallel-lambda/local-lambda';

import { MessageFactory, type MessageInputs } from '../messages/message-factory.ts';
import type { SourceName } from '../messages/test-message.ts';
import { checkIds, type CheckId } from './check-ids.ts';
import type { CheckResult } from './check-result.ts';
import { confirm, type Check } from './confirm.ts';
import { checkCrash } from './crash-check.ts';
import { checkFailures } from './failure-checks.ts';
import { deliverFirstBatches } from './first-batches.ts';
import { checkHang } from './hang-check.ts';
import { checkLeftRunning } from './left-running-check.ts';
import { checkLimit } from './limit-check.ts';
import { checkMemory } from './memory-checks.ts';
import { checkNextBatch } from './next-batch-checks.ts';
import { checkOrder } from './order-checks.ts';
import type { SubjectInfo } from './subject.ts';
import { checkUnreadable } from './unreadable-check.ts';

/** Options for {@link runChecks}. */
export interface CheckOptions extends MessageInputs {
  readonly runtime: Runtime;
  /** Messages in the largest batch: never more than the source delivers. @default 400 */
  readonly messages?: number | undefined;
  /** @default all */
  readonly only?: readonly CheckId[] | undefined;
  /** Receives the name of the current check. */
  readonly onProgress: (text: string) => void;
}

/** The results of all checks of a function. */
export interface CheckReport {
  /** Name of the function. */
  readonly function: string;
  readonly handler: string;
  readonly source: SourceName;
  /** Reason why nothing could be checked: a sentence. */
  readonly problem?: string;
  /** Findings of the first batches. */
  readonly info?: SubjectInfo;
  readonly results: readonly CheckResult[];
}

const checks: readonly (readonly [name: string, results: readonly CheckId[], check: Check])[] = [
  ['calls that are never answered', ['hang', 'timeout'], checkHang],
  ['messages in flight', ['limit'], checkLimit],
  ['failed messages', ['lost', 'exact', 'response'], checkFailures],
  ['code that still runs', ['awaited'], checkLeftRunning],
  ['a crash', ['crash'], checkCrash],
  ['the next batch', ['apart', 'redelivered'], checkNextBatch],
  ['a message that is not JSON', ['unreadable'], checkUnreadable],
  ['order', ['order', 'order-failure'], checkOrder],
  ['memory', ['memory', 'leftovers'], checkMemory],
];

/** Checks that run at the same time: most of their time they wait. */
const concurrency = 2;

/**
 * Checks a built function from outside: delivers batches to it, and takes the place of the services that it calls.
 *
 * @throws {LabError} `usage`, if an event has no messages
 */
export async function runChecks(definition: FunctionDefinition, options: CheckOptions): Promise<CheckReport> {
  const factory = new MessageFactory(options);
  const { runtime, messages = 400, only = checkIds, onProgress } = options;
  const maxBatch = Math.min(messages, factory.format.maxBatch);
  const about = { function: definition.name, handler: definition.handler, source: factory.source };
  onProgress('a first batch');
  const subject = { definition, runtime, factory, maxBatch };
  const first = await deliverFirstBatches(subject);
  if ('problem' in first) return { ...about, problem: first.problem, results: [] };
  const { info } = first;
  const results: CheckResult[] = [];
  const isChosen = (id: CheckId): boolean => only.includes(id);
  const left = checks.filter(([, ids]) => ids.some(isChosen)).values();
  const worker = async (): Promise<void> => {
    for (const [name, , check] of left) {
      onProgress(name);
      const found = await confirm(check, { ...subject, info });
      results.push(...found.filter(({ id }) => isChosen(id)));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return {
    ...about,
    info,
    results: results.sort((a, b) => checkIds.indexOf(a.id) - checkIds.indexOf(b.id)),
  };
}
