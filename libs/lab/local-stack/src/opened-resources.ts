/** Closes opened resources, the last first. Node.js 22 has no `AsyncDisposableStack`. */
export class OpenedResources implements AsyncDisposable {
  readonly #ends: (() => PromiseLike<void> | void)[] = [];

  /** Adds a resource, and returns it. */
  use<T extends AsyncDisposable | Disposable>(resource: T): T {
    this.defer(async () => {
      if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
      else resource[Symbol.dispose]();
    });
    return resource;
  }

  /** Adds a function that closes a resource. */
  defer(end: () => PromiseLike<void> | void): void {
    this.#ends.push(end);
  }

  /** Moves everything to another owner, who ends it. */
  move(): OpenedResources {
    const moved = new OpenedResources();
    moved.#ends.push(...this.#ends.splice(0));
    return moved;
  }

  /** Ends all, also when one of them fails. */
  async [Symbol.asyncDispose](): Promise<void> {
    const end = this.#ends.pop();
    if (!end) return;
    try {
      await end();
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }
}
