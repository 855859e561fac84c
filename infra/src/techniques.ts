/** The techniques that are deployed. Each is the name of a function in `apps` and the id of its construct. */
export const techniques = ['promises', 'worker-threads', 'effect-fibers'] as const;

/** A technique to process a batch in parallel. */
export type Technique = (typeof techniques)[number];
