/** What the status board says of a message. Constants by themselves, which a bundle has as numbers. */
export const waiting = 0;
export const started = 1;
export const succeeded = 2;
export const failed = 3;
export type BoardStatus = typeof waiting | typeof started | typeof succeeded | typeof failed;
