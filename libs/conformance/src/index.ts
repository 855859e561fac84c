export { conformance } from './conformance.ts';
export { deadlineByHand, type DeadlineByHand } from './deadline-by-hand.ts';
export type { MakeTechnique } from './make-technique.ts';
export { setUp } from './set-up.ts';
export { sqsEvent, type SentMessage } from './sqs-event.ts';
export type { Task } from './task.ts';
export type { Trial } from './trial.ts';
export { turns } from './turns.ts';
export { Witness } from './witness.ts';
