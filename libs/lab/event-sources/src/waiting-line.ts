const compactAbove = 1024;

/** First in, first out, in constant time however long the line. */
export class WaitingLine<Item> {
  #items: Item[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  get first(): Item | undefined {
    return this.#items[this.#head];
  }

  add(item: Item): void {
    this.#items.push(item);
  }

  /** Takes the first item out. */
  take(): Item | undefined {
    const item = this.first;
    if (this.length === 0) return undefined;
    this.#head += 1;
    if (this.#head > compactAbove && this.#head * 2 > this.#items.length) this.#compact();
    return item;
  }

  /** Puts items back to the front, in their order. */
  putBack(items: readonly Item[]): void {
    if (this.#head < items.length) {
      this.#items = [...items, ...this.#items.slice(this.#head)];
      this.#head = 0;
      return;
    }
    this.#head -= items.length;
    items.forEach((item, index) => (this.#items[this.#head + index] = item));
  }

  #compact(): void {
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }
}
