import type { Verdict } from '../chaos/verdict.ts';

/** Maximum lost messages that are listed. */
const maxListed = 20;

/** Describes the result of a chaos run in a few lines. */
export function verdictText(verdict: Verdict): string {
  const { sent, done, deadLetters, doneAndDead, parked, parkedAgain, lost, repeated, maxTimes } = verdict;
  const { success, error, timeout } = verdict.invocations;
  const { killed, stopped } = verdict.environments;
  const kinds = Object.entries(verdict.kinds).map(([kind, count]) => `${count} ${kind}`);
  const more = lost.length > maxListed ? ', …' : '';
  return [
    `${sent} messages (${kinds.join(', ')})`,
    `${done} done, ${deadLetters} dead letters (${doneAndDead} of them done before), ${parked} parked (${parkedAgain} more than once), ${lost.length} lost`,
    `${repeated} done more than once, at most ${maxTimes} times`,
    `${success + error + timeout} invocations: ${error} failed, ${timeout} timed out`,
    `${killed} environments killed, ${stopped} stopped for longer than their timeout`,
    `${verdict.seconds.toFixed(0)} s; --seed ${verdict.seed} sends the same messages`,
    ...(lost.length > 0 ? [`lost: ${lost.slice(0, maxListed).join(', ')}${more}`] : []),
  ].join('\n');
}
