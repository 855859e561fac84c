/**
 * The techniques that are deployed side by side. Each is the name of a function in `apps` and the id of its
 * construct; a further one costs a line here.
 */
export const techniques = ['promises', 'worker-threads', 'effect-fibers'] as const;

/** How a function works on its batch in parallel. */
export type Technique = (typeof techniques)[number];
