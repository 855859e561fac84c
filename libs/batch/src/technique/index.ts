/** What authors of techniques need beside `@parallel-lambda/batch`. Users of a technique need nothing of it. */
export type { Batch } from '../batch.ts';
export { checkNode } from '../check-node.ts';
export { startDeadline, type Deadline } from '../deadline.ts';
export { describe } from '../describe.ts';
export type { BatchMessage, Lane } from '../message.ts';
export { abandoned, notStarted, stopped, succeeded } from '../outcome.ts';
export { readBatch } from '../read-batch.ts';
export { respond } from '../respond.ts';
export { SourceMessage, type Records } from '../source-message.ts';
export { sourceNamed } from '../sources/index.ts';
export type { Source } from '../sources/source.ts';
export { contextOf, infoOf } from '../work.ts';
export { checkOptions, checkWork } from './check-options.ts';
export { checkReturned } from './check-returned.ts';
export { claimMessages, laneCursor, type LaneCursor } from './lane-cursor.ts';
export { isolated, perform, startWork } from './perform.ts';
export { readSetting, type Setting } from './setting.ts';
export type { Invocation } from './technique.ts';
