/**
 * Functions and types for authors of techniques. Users of a technique need none of them.
 * @module @parallel-lambda/batch/technique
 */
export type { Batch } from '../batch.ts';
export { checkNode } from '../check-node.ts';
export { startDeadline, type Deadline } from '../deadline.ts';
export { describe } from '../describe.ts';
export { InvalidOptionError, ParallelLambdaError } from '../errors.ts';
export { nameOf } from '../loggable-error.ts';
export { log, type Logger } from '../logger.ts';
export type { BatchMessage, Lane } from '../message.ts';
export { abandoned, heldBack, interrupted, notStarted, succeeded } from '../outcome.ts';
export { readBatch } from '../read-batch.ts';
export type { RedeliveryRequest } from '../redelivery.ts';
export { respond } from '../respond.ts';
export { SourceMessage, type Records } from '../source-message.ts';
export { sourceNamed } from '../sources/index.ts';
export type { Source } from '../sources/source.ts';
export { stopwatch } from '../stopwatch.ts';
export { contextOf, infoOf } from '../work.ts';
export { checkFunction, checkOption, checkOptions, checkWork } from './check-options.ts';
export { checkReturned } from './check-returned.ts';
export { claimWithin, laneCursor, type LaneCursor } from './lane-cursor.ts';
export { messageChannel, traced } from './message-trace.ts';
export { outcomeOfError } from './outcome-of-error.ts';
export { perform } from './perform.ts';
export { isolated, isolation, type Isolation } from './isolation.ts';
export { readSetting, type Setting } from './setting.ts';
export type { Invocation } from './technique.ts';
export { wait } from '../wrappers/wait.ts';
export { readWorkers, workerLimit } from './read-workers.ts';
export { WorkerLimit, type Failure, type WorkerShare } from './worker-limit.ts';
