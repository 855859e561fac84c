/** Positions in the header of a batch's memory. */
export const header = {
  claimed: 0,
  stopEarly: 1,
  checkpoint: 2,
  /** The sizes of the parts that follow the header. */
  messages: 3,
  lanes: 4,
  wide: 5,
  stringBytes: 6,
  /** A number that is different for every batch: memory is used again. */
  batch: 7,
} as const;

/** The length of the header itself. */
export const headerLength = 8;
