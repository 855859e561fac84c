/** Positions in the header of a batch's memory. Constants by themselves, which a bundle has as numbers. */
export const claimed = 0;
export const woundUp = 1;
export const checkpoint = 2;
/** How many messages there are, and so on: how much of the rest is what. */
export const messages = 3;
export const lanes = 4;
export const wide = 5;
export const stringBytes = 6;
/** Of the header itself. */
export const length = 7;
