import type { SimulatedCalls } from './simulated-calls.ts';

interface Copies {
  /** Number of invocations whose response the source has received. */
  answered: number;
  /** Number of invocations whose environment was lost afterwards. */
  lost: number;
}

/** Records which messages were parked in a round, and how often. */
export class ParkingLog {
  readonly #copies = new Map<string, Copies>();
  readonly #twice = new Set<string>();
  #delays = 0;

  /** Adds the calls of an invocation that has ended. */
  add({ parked, delays }: SimulatedCalls, isAnswered: boolean): void {
    this.#delays += delays.size;
    for (const id of parked) {
      const copies = this.#copies.get(id) ?? { answered: 0, lost: 0 };
      // The source must not redeliver a message after it has confirmed its parking.
      if (copies.answered > 0) this.#twice.add(id);
      copies[isAnswered ? 'answered' : 'lost'] += 1;
      this.#copies.set(id, copies);
    }
  }

  /** Returns whether a message is in the parking queue, and its parking is confirmed. */
  has(id: string): boolean {
    return (this.#copies.get(id)?.answered ?? 0) > 0;
  }

  /** Returns one sentence per message that was parked again although no environment was lost. */
  get violations(): readonly string[] {
    return Array.from(this.#twice, (id) => `Parked twice: ${id}`);
  }

  get totals(): { readonly parked: number; readonly parkedAgain: number; readonly delayed: number } {
    const copies = [...this.#copies.values()];
    return {
      parked: copies.filter(({ answered }) => answered > 0).length,
      parkedAgain: copies.filter(({ answered, lost }) => answered + lost > 1).length,
      delayed: this.#delays,
    };
  }
}
