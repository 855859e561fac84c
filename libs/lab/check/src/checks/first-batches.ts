import type { TestMessage } from '../messages/test-message.ts';
import type { Observation } from '../observe/observation.ts';
import type { ObservedFunction } from '../observe/observed-function.ts';
import { callName } from '../observe/recording-service.ts';
import { destinationOf } from '../observe/service-answer.ts';
import {
  holdingTimeoutSeconds,
  maxWaitSeconds,
  openSubject,
  responseText,
  trialSize,
  type SubjectInfo,
  type Subject,
} from './subject.ts';

/** Findings of the first batches, or the reason why no check is possible: a sentence. */
export type FirstBatches = { readonly info: SubjectInfo } | { readonly problem: string };

/** Delivers batches whose calls all succeed. A function that does not process these cannot be checked. */
export async function deliverFirstBatches(subject: Omit<Subject, 'info'>): Promise<FirstBatches> {
  const { factory, maxBatch } = subject;
  const size = Math.min(trialSize, maxBatch);
  const own = subject.definition.timeoutSeconds;
  // On a busy machine a function must not reach its deadline here: it may send unfinished messages elsewhere.
  const timeoutSeconds = Math.min(Math.max(own, holdingTimeoutSeconds), maxWaitSeconds);
  await using observed = await openSubject(subject, { timeoutSeconds });
  const messages = factory.batch(0, size);
  const cold = await observed.deliver(messages);
  const problem = problemWith(observed, cold, messages, subject);
  if (problem !== undefined) return { problem };
  const warm = await observed.deliver(factory.batch(size, size));
  const { calls } = cold;
  const recognized = new Set(calls.flatMap((call) => [...call.messages]));
  const [first] = calls;
  const late = messages.filter(
    ({ key }) => !recognized.has(key) && observed.calls.some((call) => call.messages.has(key)),
  );
  return {
    info: {
      calls: calls.length,
      messages: size,
      recognized: recognized.size,
      late: late.length,
      attributed: messages.every(({ key }) => recognized.has(key)),
      batchMs: warm.result.report.durationMs,
      example: first ? callName(first.call) : '',
      notHttp: [...observed.service.notHttp],
      destinations: [...new Set(calls.flatMap(({ call }) => destinationOf(call) ?? []))],
    },
  };
}

/** Variables that the AWS SDK and other libraries read, bundled into the function, which need not be set. */
const optional =
  /^(?:AWS|_|HOME|USERPROFILE|NODE_|POWERTOOLS_|DEBUG$|LOG_LEVEL$|NO_COLOR$|FORCE_COLOR$)|proxy$/i;

/** Says why the function does not process its messages. */
function problemWith(
  observed: ObservedFunction,
  observation: Observation,
  messages: readonly TestMessage[],
  { factory, definition }: Omit<Subject, 'info'>,
): string | undefined {
  const { response, result } = observation;
  const { timeoutSeconds: own } = definition;
  const isSlow = response.kind === 'timeout' || result.report.durationMs > own * 1000;
  if (!isSlow && response.kind === 'reported' && response.keys.length === 0) return undefined;
  const hasModules = response.kind !== 'error' || response.errorType !== 'Runtime.ImportModuleError';
  const missing = [...observed.service.missingVariables]
    .filter((name) => hasModules && !optional.test(name))
    .sort();
  const variables =
    missing.length > 0
      ? ` It reads environment variables that are not set: ${missing.join(', ')}. Set them with --env NAME=VALUE.`
      : '';
  const { notHttp } = observed.service;
  const others =
    notHttp.size > 0
      ? ` It connects to ${[...notHttp].join(', ')}, which is not HTTP, so the lab cannot simulate it.`
      : '';
  const init = result.log.includes('INIT_REPORT');
  if (init && response.kind === 'error') {
    return `The function cannot be started: ${response.errorType}: ${response.message.replace(/\.$/, '')}.${variables}`;
  }
  if (init && response.kind === 'timeout')
    return `The function does not finish INIT within 10 s.${variables}`;
  if (isSlow) {
    const [limit, advice] =
      own <= maxWaitSeconds
        ? [`its timeout of ${own} s`, 'Set a longer --timeout, or fix the call that it waits for.']
        : [`${maxWaitSeconds} s`, 'That is too slow for the checks.'];
    return `The function needs more than ${limit} for ${messages.length} messages, although all its calls are answered immediately. ${advice}${variables}${others}`;
  }
  const hint = factory.isOwn
    ? ''
    : ' These are sample messages of the lab: pass your own with --event FILE or --body JSON.';
  return `The function does not process its messages, although all its calls succeed: ${responseText(observation, messages)}.${variables}${others}${hint}`;
}
