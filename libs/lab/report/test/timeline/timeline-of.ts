import type { Timeline, TimelineSpan } from '../../src/index.ts';

/** A step that waits in the main thread by default. */
export function span(
  message: number,
  from: number,
  to: number,
  parts: Partial<TimelineSpan> = {},
): TimelineSpan {
  return { message, thread: 0, nature: 'waits', from, to, ...parts };
}

export function timelineOf(messages: number, spans: readonly TimelineSpan[], variant = 'promises'): Timeline {
  return { variant, setting: { function: variant, memoryMb: 3008 }, messages, body: { wait: 40 }, spans };
}
