import type { Message, WorkContext } from '@parallel-lambda/batch';

import type { Nature, Step } from './steps/step-kind.ts';

/** Time and thread of a step, from which a timeline is drawn. */
export interface Span {
  /** The message's identifier. */
  readonly message: string;
  /** 0 is the main thread. */
  readonly thread: number;
  readonly nature: Nature;
  /** Milliseconds since 1970, with fractions: the clock is the same in every thread of a process. */
  readonly from: number;
  readonly to: number;
}

type RunStep = (step: Step, message: Message, context: WorkContext) => unknown;

const runAlone: RunStep = ({ kind, argument }, message, context) => kind.run(argument, message, context);

/**
 * Does one step. Where the environment variable `TIMELINE` is `on` when this module is loaded, each step that has ended,
 * well or not, is logged as a line of JSON with one key, `span`, which holds a {@link Span}; its line comes after
 * its end, so it prolongs the steps of its message, by some 0.05 ms.
 */
export const runStep: RunStep = process.env.TIMELINE === 'on' ? runLogged : runAlone;

async function runLogged(step: Step, message: Message, context: WorkContext): Promise<void> {
  const from = now();
  try {
    await runAlone(step, message, context);
  } finally {
    // Loaded here, since importing it costs functions that are not drawn a part of their start.
    const { threadId: thread } = process.getBuiltinModule('node:worker_threads');
    const span: Span = { message: message.id, thread, nature: step.kind.nature, from, to: now() };
    console.info(JSON.stringify({ span }));
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
