/** Who works on a batch: a function of the assembly or a peer, with its environment variables. */
export interface Competitor {
  readonly name: string;
  readonly function: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it is what people would use instead of this project. */
  readonly peer?: boolean;
  /**
   * How many batches one process works on at a time, as on Managed Instances: needs AWS's runtime client.
   *
   * @default one, and it is frozen after each
   */
  readonly atATime?: number;
  /** @default that of all */
  readonly memoryMb?: number;
}

/** Stands for the peer with the least median. */
export const bestPeer = 'best peer';

/** A figure that is to be reached. */
export interface Target {
  readonly competitor: string;
  /** The competitor that it is measured against, or {@link bestPeer}; without one, `most` is in milliseconds. */
  readonly against?: string;
  /** A competitor whose time both have in common, which is taken off before they are compared. */
  readonly above?: string;
  /** At most so many times as long, and so many milliseconds more. */
  readonly most: { readonly ratio?: number; readonly moreMs?: number };
}

/** One batch, given to several competitors in turn. */
export interface Case {
  readonly name: string;
  /** What the batch holds, in words. */
  readonly batch: string;
  /** `server` is where a request to `/200` is answered after 200 ms. */
  readonly event: (server: string) => unknown;
  /** How many identifiers a response must have. @default 0 */
  readonly failures?: number;
  readonly competitors: readonly Competitor[];
  readonly targets: readonly Target[];
  /** How many batches are sent at once, and the time is that until the last is answered. @default 1 */
  readonly batches?: number;
  /** Whether INIT is measured with the first invocation, each time in a new environment. */
  readonly cold?: boolean;
  /** At most so many turns. @default as the command line says */
  readonly runs?: number;
  /**
   * Invocations that come before and do not count. Ten thousand messages with nothing to do are all overhead: they take
   * some fifteen to be compiled, and sixty for the heap to have grown, for until then every third or fourth invocation
   * touches one to four thousand new pages of it, at some 2 µs each.
   * @default 3
   */
  readonly warmUps?: number;
  /**
   * How many invocations each turn has, one right after the other; where there are several, the first does not count.
   * For what is all overhead: seconds after its last turn, and behind those of a dozen others, a function that reads
   * every record takes 2 to 5 ms longer for ten thousand, and an empty one does not. No function whose queue is busy
   * meets that.
   * @default 1
   */
  readonly inARow?: number;
}
