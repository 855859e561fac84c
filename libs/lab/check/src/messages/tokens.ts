import { isRecord } from '@parallel-lambda/local-lambda';

import type { TestMessage } from './test-message.ts';

/** Shorter texts are found in calls by chance. */
const minLength = 5;

/** Returns the texts by which calls of a message may be recognized: its identifier, and the values in its body. */
export function tokensOf(key: string, body: string): readonly string[] {
  const texts = [key, ...leavesOf(body)].filter((text) => text.length >= minLength);
  return [...new Set(texts)];
}

function leavesOf(text: string): readonly string[] {
  try {
    return leaves(JSON.parse(text));
  } catch {
    // A call may contain a part of a plain text only: an identifier is a word with a digit.
    return [text, ...text.split(/[^\w-]+/).filter((word) => /\d/.test(word))];
  }
}

function leaves(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (isRecord(value)) return Object.values(value).flatMap(leaves);
  // The envelopes of SNS and EventBridge hold their message as JSON in a text.
  if (typeof value === 'string') return /^[[{]/.test(value) ? leavesOf(value) : [value];
  return typeof value === 'number' ? [String(value)] : [];
}

/** Finds the messages that a text belongs to, by values that only one of them has. */
export class TokenIndex {
  /** The keys of messages by token; `null` for what several messages hold. */
  readonly #owners = new Map<string, string | null>();

  add(messages: readonly TestMessage[]): void {
    for (const { key, tokens } of messages) {
      for (const token of tokens) {
        const owner = this.#owners.get(token);
        this.#owners.set(token, owner === undefined || owner === key ? key : null);
      }
    }
  }

  /** @returns nothing if the text has no token of a single message */
  messagesIn(text: string): ReadonlySet<string> {
    const found = new Set<string>();
    for (const [token, owner] of this.#owners) {
      if (owner !== null && !found.has(owner) && holds(text, token)) found.add(owner);
    }
    return found;
  }
}

/** Returns whether a text holds a token that is not a part of a longer word or number. */
function holds(text: string, token: string): boolean {
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
    if (!isWordPart(text[at - 1]) && !isWordPart(text[at + token.length])) return true;
  }
  return false;
}

function isWordPart(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9]/.test(character);
}
