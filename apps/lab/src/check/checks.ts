import { invokeOnce, tryMessages, type Subject, type Trial, type TrialMessage } from './trial.ts';

/** What a check came to. */
export interface Finding {
  readonly passed: boolean;
  /** What was seen, for people. */
  readonly seen: string;
}

/** A question to a function that works on batches of SQS, answered from outside. */
export interface Check {
  readonly name: string;
  readonly run: (subject: Subject) => Promise<Finding>;
}

/** The black-box part of the contract: docs/contract.md tells why each matters. */
export const checks: readonly Check[] = [
  {
    name: 'works on a batch in parallel',
    run: async (subject) => {
      const { peak, ...trial } = await tryMessages(subject, batchOf(10));
      return {
        passed: reports(trial, []) && peak > 1,
        seen: `${peak} of 10 in work at one time; ${answer(trial)}`,
      };
    },
  },
  {
    name: 'is bounded',
    run: async (subject) => {
      const { peak, ...trial } = await tryMessages(subject, batchOf(subject.messages));
      const seen = `at most ${peak} of ${subject.messages} in work at one time; ${answer(trial)}`;
      return { passed: peak < subject.messages, seen };
    },
  },
  {
    name: 'reports just the messages that failed',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(10, { '3': 'fail', '7': 'fail' }));
      return { passed: reports(trial, ['3', '7']), seen: `3 and 7 failed; ${answer(trial)}` };
    },
  },
  {
    name: 'reports all when all fail, or fails itself',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(3, { '0': 'fail', '1': 'fail', '2': 'fail' }));
      const failed = trial.result.status === 'error';
      return { passed: failed || reports(trial, ['0', '1', '2']), seen: answer(trial) };
    },
  },
  {
    name: 'takes a body that it cannot read for a failed message',
    run: async (subject) => {
      const trial = await tryMessages(subject, [...batchOf(3), { id: 'unreadable', body: 'not JSON' }]);
      return { passed: reports(trial, ['unreadable']), seen: answer(trial) };
    },
  },
  {
    name: 'lets nothing run on after its response',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(10, { '0': 'fail at once' }));
      const seen = `0 failed at once, ${trial.openAtResponse} in work when it responded; ${answer(trial)}`;
      return { passed: trial.openAtResponse === 0, seen };
    },
  },
  {
    name: 'loses only the message that hangs, not the batch',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(10, { '4': 'never' }));
      return { passed: reports(trial, ['4']), seen: `4 hung; ${answer(trial)}` };
    },
  },
  {
    name: 'keeps the order in a FIFO group',
    run: async (subject) => {
      const trial = await tryMessages(subject, fifo());
      const passed = reports(trial, []) && inOrder(trial);
      return { passed, seen: `${inOrder(trial) ? 'in order' : 'out of order'}; ${answer(trial)}` };
    },
  },
  {
    name: 'works on FIFO groups in parallel',
    run: async (subject) => {
      const { peak } = await tryMessages(subject, fifo());
      return { passed: peak > 1 && peak <= 3, seen: `at most ${peak} in work at one time, of 3 groups` };
    },
  },
  {
    name: 'stops a FIFO group at its first failure',
    run: async (subject) => {
      const trial = await tryMessages(subject, fifo({ a0: 'fail' }));
      const begun = trial.sightings.some(({ id, what }) => what === 'began' && ['a1', 'a2'].includes(id));
      const passed = !begun && ['a0', 'a1', 'a2'].every((id) => trial.reported?.includes(id));
      return { passed, seen: `the rest of the group was ${begun ? '' : 'not '}begun; ${answer(trial)}` };
    },
  },
  {
    name: 'takes an event that is no batch for an error',
    run: async (subject) => {
      const { status } = await invokeOnce(subject, { detail: 'no batch' });
      return {
        passed: status === 'error',
        seen: status === 'success' ? 'it responded' : `it ended in ${status}`,
      };
    },
  },
];

function batchOf(
  count: number,
  answers: Readonly<Record<string, TrialMessage['answer']>> = {},
): TrialMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const answer = answers[index];
    return { id: String(index), ...(answer && { answer }) };
  });
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
