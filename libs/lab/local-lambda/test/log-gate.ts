/** A place in a function's log that a test can wait for. */
export interface LogGate {
  /** Receives every entry. */
  readonly onLog: (entry: string) => void;
  /** Settles with the first entry that holds the text, which may exist already. */
  readonly reached: (text: string) => Promise<string>;
}

export function logGate(): LogGate {
  const entries: string[] = [];
  const waiting = new Set<() => void>();
  return {
    onLog: (entry) => {
      entries.push(entry);
      for (const look of waiting) look();
    },
    reached: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = entries.find((entry) => entry.includes(text));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
