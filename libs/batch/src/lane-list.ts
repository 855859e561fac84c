import type { Lane } from './message.ts';

/** Lanes of one message, by its position: the same in every batch, so they are made once and cannot be changed. */
const alone: Lane[] = [];

/** Puts the messages of a batch into their lanes. */
export class LaneList {
  /** In the order of their first message. */
  readonly all: Lane[] = [];
  readonly #named = new Map<string, number[]>();

  /**
   * @param position of the message, which is greater than that of the one before
   * @param name of its lane; without one the message is a lane of its own
   */
  add(position: number, name: string | undefined): void {
    if (name === undefined) {
      this.all.push((alone[position] ??= Object.freeze([position])));
      return;
    }
    const existing = this.#named.get(name);
    if (existing) {
      existing.push(position);
      return;
    }
    const opened = [position];
    this.all.push(opened);
    this.#named.set(name, opened);
  }
}
