/** What the checks look at: one batch, what is left running after it, a queue in trouble. */
export const sections = ['batch', 'leaks', 'chaos'] as const;

export type Section = (typeof sections)[number];
