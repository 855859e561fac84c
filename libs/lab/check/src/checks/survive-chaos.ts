import { oneFetch } from '../chaos/message-plan.ts';
import { runChaos } from '../chaos/run-chaos.ts';
import type { Finding } from './check.ts';
import { stackAround } from './stack-around.ts';
import type { Subject } from './trial.ts';

/** Environments, of which one may be killed while the others work. */
const concurrency = 3;

/** Sends messages to the function through a queue while its environments are killed and stopped. */
export async function surviveChaos(subject: Subject): Promise<Finding> {
  const { definition, runtime, messages, seed, onProgress, onError } = subject;
  const verdict = await runChaos({
    stacks: stackAround(definition),
    functions: [definition.name],
    protocol: oneFetch,
    seed,
    messages,
    sendForMs: Infinity,
    settings: { runtime, timeout: definition.timeoutSeconds },
    concurrency,
    onProgress: ({ done, sent, left }) => {
      onProgress(`${done} of ${sent} done, ${left} left`);
    },
    onError,
  });
  const { sent, done, deadLetters, doneAndDead, lost, repeated, environments, invocations } = verdict;
  const seen = [
    `${sent} messages: ${done} done, ${deadLetters} dead letters (${doneAndDead} done before), ${lost.length} lost`,
    `${repeated} done more than once`,
    `environments killed: ${environments.killed}, stopped: ${environments.stopped}; timeouts: ${invocations.timeout}`,
  ].join('; ');
  return { passed: lost.length === 0, seen };
}
