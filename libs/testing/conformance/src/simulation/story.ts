/** What the work does with a message at one attempt. Durations are virtual milliseconds. */
export interface Act {
  readonly do:
    'succeed' | 'fail' | 'throw undefined' | 'heed the signal' | 'hang' | 'leave a stray rejection';
  /** How long it waits before, heedless of the signal; so an attempt can outlast deadline and grace. @default 0 */
  readonly afterMs?: number;
}

/** Everything that will ever happen to a message. It is the message's text, so that the text tells its story. */
export interface Story {
  /** Tells the message from all others of its round, from 0. */
  readonly number: number;
  /** One an attempt; the last holds for all that follow. */
  readonly acts: readonly Act[];
}

/** Writes a story as a message's text. */
export function writeStory(story: Story): string {
  return JSON.stringify(story);
}

/** Reads a message's text back. */
export function readStory(text: string): Story {
  return JSON.parse(text) as Story;
}
