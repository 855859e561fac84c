import type { Leak } from '@parallel-lambda/local-lambda';

import type { Section } from './sections.ts';
import { surviveChaos } from './survive-chaos.ts';
import type { Answer } from './witness.ts';
import { invokeOnce, tryMessages, type Subject, type Trial, type TrialMessage } from './trial.ts';

/** What a check came to. */
export interface Finding {
  /** `null` when it could not be told. */
  readonly passed: boolean | null;
  /** What was seen, for people. */
  readonly seen: string;
}

/** A question to a function that works on batches of SQS, answered from outside. */
export interface Check {
  readonly section: Section;
  readonly name: string;
  /** What it means when it is not kept: a sentence. */
  readonly means: string;
  readonly run: (subject: Subject) => Promise<Finding>;
}

/** The black-box part of the contract: docs/contract.md tells why each matters. */
export const checks: readonly Check[] = [
  {
    section: 'batch',
    name: 'works on a batch in parallel',
    means: 'Messages wait for each other: a batch takes the sum of its waits.',
    run: async (subject) => {
      const { peak, ...trial } = await tryMessages(subject, batchOf(10));
      return {
        passed: reports(trial, []) && peak > 1,
        seen: `${peak} of 10 in work at one time; ${answer(trial)}`,
      };
    },
  },
  {
    section: 'batch',
    name: 'is bounded',
    means:
      'A large batch opens as many calls as it has messages, and exhausts sockets, memory or whoever is called.',
    run: async (subject) => {
      const { peak, ...trial } = await tryMessages(subject, batchOf(subject.messages));
      const seen = `at most ${peak} of ${subject.messages} in work at one time; ${answer(trial)}`;
      const passed = peak < subject.messages;
      // Stopped half-way, it may only not have come to more.
      return { passed: passed && trial.result.status !== 'success' ? null : passed, seen };
    },
  },
  {
    section: 'batch',
    name: 'reports just the messages that failed',
    means: 'Messages that succeeded come again, or ones that failed are deleted.',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(10, { '3': 'fail', '7': 'fail' }));
      return { passed: reports(trial, ['3', '7']), seen: `3 and 7 failed; ${answer(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'reports all when all fail, or fails itself',
    means: 'Messages that failed are deleted: they are lost.',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(3, { '0': 'fail', '1': 'fail', '2': 'fail' }));
      const failed = trial.result.status === 'error';
      return { passed: failed || reports(trial, ['0', '1', '2']), seen: answer(trial) };
    },
  },
  {
    section: 'batch',
    name: 'takes a body that it cannot read for a failed message',
    means: 'One bad body brings the whole batch back, again and again, or is deleted unseen.',
    run: async (subject) => {
      const trial = await tryMessages(subject, [...batchOf(3), { id: 'unreadable', body: 'not JSON' }]);
      return { passed: reports(trial, ['unreadable']), seen: answer(trial) };
    },
  },
  {
    section: 'batch',
    name: 'lets nothing run on after its response',
    means: 'What is in work is frozen, and goes on in the next invocation, or never.',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(10, { '0': 'fail at once' }));
      const seen = `0 failed at once, ${trial.openAtResponse} in work when it responded; ${answer(trial)}`;
      return { passed: trial.openAtResponse === 0, seen };
    },
  },
  {
    section: 'batch',
    name: 'loses only the message that hangs, not the batch',
    means: 'One message that hangs costs the whole batch a timeout, and all of it comes again.',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(10, { '4': 'never' }));
      return { passed: reports(trial, ['4']), seen: `4 hung; ${answer(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'keeps the order in a FIFO group',
    means: 'Messages of a group overtake each other.',
    run: async (subject) => {
      const trial = await tryMessages(subject, fifo());
      const passed = reports(trial, []) && inOrder(trial);
      return { passed, seen: `${inOrder(trial) ? 'in order' : 'out of order'}; ${answer(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'works on FIFO groups in parallel',
    means: 'Groups wait for each other, or the order within them is not kept.',
    run: async (subject) => {
      const { peak } = await tryMessages(subject, fifo());
      return { passed: peak > 1 && peak <= 3, seen: `at most ${peak} in work at one time, of 3 groups` };
    },
  },
  {
    section: 'batch',
    name: 'stops a FIFO group at its first failure',
    means: 'Later messages of a group are done before the one that failed comes again.',
    run: async (subject) => {
      const trial = await tryMessages(subject, fifo({ a0: 'fail' }));
      const begun = trial.sightings.some(({ id, what }) => what === 'began' && ['a1', 'a2'].includes(id));
      const passed = !begun && ['a0', 'a1', 'a2'].every((id) => trial.reported?.includes(id));
      return { passed, seen: `the rest of the group was ${begun ? '' : 'not '}begun; ${answer(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'takes an event that is no batch for an error',
    means: 'A wrong trigger goes unnoticed.',
    run: async (subject) => {
      const { status } = await invokeOnce(subject, { detail: 'no batch' });
      return {
        passed: status === 'error',
        seen: status === 'success' ? 'it responded' : `it ended in ${status}`,
      };
    },
  },
  {
    section: 'batch',
    name: 'takes a batch without messages',
    means: 'An empty batch is taken for a failure.',
    run: async (subject) => {
      const trial = await tryMessages(subject, []);
      return { passed: reports(trial, []), seen: answer(trial) };
    },
  },
  {
    section: 'batch',
    name: 'reports a message that is in the batch twice',
    means:
      'A message that came twice, as SQS may deliver it, is deleted although it failed, or takes others with it.',
    run: async (subject) => {
      const trial = await tryMessages(subject, [...batchOf(3, { '1': 'fail' }), { id: '1', answer: 'fail' }]);
      const reported = trial.reported && [...new Set(trial.reported)];
      return { passed: reports({ reported }, ['1']), seen: `1 came twice and failed; ${answer(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'works on a batch of one message',
    means: 'A quiet queue delivers one message at a time.',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(1));
      return { passed: reports(trial, []), seen: answer(trial) };
    },
  },
  {
    section: 'batch',
    name: 'works on a batch of 1,000 messages',
    means: 'The batch size cannot be raised, although the messages are small and fast.',
    run: async (subject) => {
      const messages = batchOf(1000, { '500': 'fail at once' }, 'succeed at once');
      // It is not asked whether so many are done in the time of a few, which a busy machine may lack.
      const trial = await tryMessages(subject, messages, { timeoutSeconds: 60 });
      return { passed: reports(trial, ['500']), seen: `500 failed; ${answer(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'works on a batch of nearly 6 MB',
    means: 'Ten large messages are too much: Lambda hands over up to 6 MB at once.',
    run: async (subject) => {
      const large = batchOf(10).map((message) => ({ ...message, padding: 570_000 }));
      const trial = await tryMessages(subject, large);
      return { passed: reports(trial, []), seen: answer(trial) };
    },
  },
  {
    section: 'batch',
    name: 'works on the next batch as if a hang had not been',
    means: 'What a batch leaves behind reaches into the next invocation of the environment.',
    run: async (subject) => {
      const before = batchOf(10, { '0': 'fail at once', '4': 'never' });
      const trial = await tryMessages(subject, batchOf(10, { '3': 'fail' }), { before });
      return { passed: reports(trial, ['3']), seen: `3 failed; ${answer(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'works on the next batch while what it left behind fails',
    means: 'What nobody awaits any more comes to light in the next invocation, and fails that.',
    run: async (subject) => {
      const before = batchOf(10, { '0': 'fail at once', '3': 'fail', '7': 'fail' });
      const trial = await tryMessages(subject, batchOf(10), { before });
      return { passed: reports(trial, []), seen: answer(trial) };
    },
  },
  {
    section: 'leaks',
    name: 'leaves no timer, socket or thread in work',
    means:
      'Something that the invocation started was not over when it responded: it is frozen, and wakes in the next.',
    run: async (subject) => {
      const answers = { '0': 'fail at once', '3': 'fail' } as const;
      const { result } = await tryMessages(subject, batchOf(10, answers), { strict: true });
      const { leaks } = result;
      if (leaks === undefined)
        return { passed: null, seen: `nothing can be told: it ended in ${result.status}` };
      return { passed: leaks.length === 0, seen: leakTexts(leaks) };
    },
  },
  {
    section: 'chaos',
    name: 'loses no message from a queue in trouble',
    means: 'Messages were deleted that had not been done: nobody hears of them again.',
    run: surviveChaos,
  },
];

function leakTexts(leaks: readonly Leak[]): string {
  const [first, ...rest] = leaks;
  if (!first) return 'nothing left';
  const { what, count, where } = first;
  const more = count - 1 + rest.reduce((sum, leak) => sum + leak.count, 0);
  return `${what}${where === undefined ? '' : ` (${where})`}${more > 0 ? `, and ${more} more` : ''}`;
}

function batchOf(
  count: number,
  answers: Readonly<Record<string, Answer>> = {},
  others: Answer = 'succeed',
): TrialMessage[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    answer: answers[index] ?? others,
  }));
}

/** Three groups of three, mixed: a0 b0 c0 a1 … */
function fifo(answers: Readonly<Record<string, TrialMessage['answer']>> = {}): TrialMessage[] {
  return ['a0', 'b0', 'c0', 'a1', 'b1', 'c1', 'a2', 'b2', 'c2'].map((id) => {
    const answer = answers[id];
    return { id, group: id.slice(0, 1), ...(answer && { answer }) };
  });
}

/** Whether in every group each message began after the one before had been answered. */
function inOrder({ sightings }: Pick<Trial, 'sightings'>): boolean {
  return ['a', 'b', 'c'].every((group) => {
    const seen = sightings.filter(({ id }) => id.startsWith(group)).map(({ id, what }) => `${id} ${what}`);
    const expected = [0, 1, 2].flatMap((index) => [`${group}${index} began`, `${group}${index} answered`]);
    return seen.join() === expected.join();
  });
}

function reports({ reported }: Pick<Trial, 'reported'>, ids: readonly string[]): boolean {
  return reported !== undefined && [...reported].sort().join() === [...ids].sort().join();
}

function answer({ result, reported }: Pick<Trial, 'result' | 'reported'>): string {
  if (result.status !== 'success') return `${result.error.errorType}: the whole batch comes again`;
  if (reported === undefined || reported.length === 0) return 'none reported';
  if (reported.length > 5) return `${reported.length} reported`;
  return `reported: ${reported.join(', ')}`;
}
