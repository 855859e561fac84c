/** Sections of the checks: one batch, work left running, a queue under faults. */
export const sections = ['batch', 'leaks', 'chaos'] as const;

export type Section = (typeof sections)[number];
