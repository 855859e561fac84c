/** The states of a message on the status board. */
export const boardStatus = { waiting: 0, started: 1, succeeded: 2, failed: 3 } as const;
export type BoardStatus = (typeof boardStatus)[keyof typeof boardStatus];
