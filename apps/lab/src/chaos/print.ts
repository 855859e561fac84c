import type { Verdict } from '@parallel-lambda/check';

/** What became of the messages, for a person. */
export function verdictText(verdict: Verdict): string {
  const { sent, done, deadLetters, doneAndDead, lost, repeated, maxTimes } = verdict;
  const { success, error, timeout } = verdict.invocations;
  const { killed, stopped } = verdict.environments;
  const kinds = Object.entries(verdict.kinds).map(([kind, count]) => `${count} ${kind}`);
  return [
    `${sent} messages (${kinds.join(', ')})`,
    `${done} done, ${deadLetters} dead letters (${doneAndDead} of them done before), ${lost.length} lost`,
    `${repeated} done more than once, at most ${maxTimes} times`,
    `${success + error + timeout} invocations: ${error} failed, ${timeout} timed out; ` +
      `${killed} environments killed, ${stopped} stopped for longer than their timeout`,
    `${verdict.seconds.toFixed(0)} s; --seed ${verdict.seed} sends the same messages`,
    ...(lost.length > 0 ? [`lost: ${lost.slice(0, 20).join(', ')}${lost.length > 20 ? ', …' : ''}`] : []),
  ].join('\n');
}
