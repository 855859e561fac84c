import type { Lane } from './message.ts';

/** Puts the messages of a batch into their lanes. */
export class LaneList {
  /** In the order of their first message. */
  readonly all: Lane[] = [];
  readonly #named = new Map<string, number[]>();

  /**
   * Adds a message to its lane.
   *
   * @param position of the message, which is greater than that of the one before
   * @param name of its lane; without one the message has its own lane
   */
  add(position: number, name: string | undefined): void {
    const existing = name === undefined ? undefined : this.#named.get(name);
    if (existing) {
      existing.push(position);
      return;
    }
    const lane = [position];
    this.all.push(lane);
    if (name !== undefined) this.#named.set(name, lane);
  }
}
