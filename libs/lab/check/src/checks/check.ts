import type { Section } from './sections.ts';
import type { Subject } from './trial.ts';

/** The result of a check. */
export interface Finding {
  /** `null` when the check could not decide. */
  readonly passed: boolean | null;
  /** Observations of the check, for people. */
  readonly seen: string;
}

/** A requirement for a function that processes SQS batches, tested from outside. */
export interface Check {
  readonly section: Section;
  /** Behaviour of the function, as the continuation of "the function …". */
  readonly name: string;
  /** The consequence when it does not: a sentence. */
  readonly means: string;
  readonly run: (subject: Subject) => Promise<Finding>;
}
