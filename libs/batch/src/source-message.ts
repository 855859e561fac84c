import { InvalidMessageError } from './errors.ts';
import type { Message } from './message.ts';
import type { Source } from './sources/source.ts';

/** Gives the records of a batch, by their index in the event: an array, or an object that fetches them. */
export interface Records {
  /** Returns the record at an index of the event. */
  at(index: number): unknown;
}

/** Parts of a message. */
interface MessageParts {
  readonly source: Source;
  readonly id: string;
  readonly receiveCount: number | undefined;
  /** Result of `source.content` for the record. */
  readonly content: string;
  readonly records: Records;
  /** The index of the record in `records`. */
  readonly index: number;
  /** The record as `work` reads it; `undefined` until it is read first. */
  record?: unknown;
}

/** Replacement character of bytes that are not UTF-8. */
const REPLACEMENT_CHARACTER = '\uFFFD';

/** A message as its source reads it, in the main thread or in another. */
export class SourceMessage implements Message {
  readonly id: string;
  declare readonly text: string;
  declare readonly record: unknown;
  /** One object, because each private property of a message takes time. */
  readonly #parts: MessageParts;

  /** A property of each message, so that a copy has the record, and a getter, since few kinds of work read it. */
  static readonly #lateRecord: PropertyDescriptor = {
    enumerable: true,
    get(this: object) {
      return SourceMessage.#of(this).#readRecord();
    },
  };

  /** Throws when it is read, and is not enumerable, so that copying a message never throws. */
  static readonly #noText: PropertyDescriptor = {
    get(this: object) {
      const { id } = SourceMessage.#of(this);
      throw new InvalidMessageError(`Message ${id} is not UTF-8, so it has no text. Read its bytes`);
    },
  };

  /**
   * Keeps the hidden class of messages alive between batches. Else a major GC discards it with the code that is optimized
   * for it, and the next batch of messages without work takes 50% longer.
   */
  static readonly kept = new SourceMessage({
    source: { encoding: 'text' },
    id: '',
    content: '',
  } as MessageParts);

  constructor(parts: MessageParts) {
    const { source, id, content } = parts;
    this.id = id;
    const text = source.encoding === 'text' ? content : decode(content);
    if (text === undefined) Object.defineProperty(this, 'text', SourceMessage.#noText);
    else this.text = text;
    Object.defineProperty(this, 'record', SourceMessage.#lateRecord);
    this.#parts = parts;
  }

  get bytes(): Uint8Array {
    const { content, source } = SourceMessage.#of(this).#parts;
    return Buffer.from(content, source.encoding === 'text' ? 'utf8' : 'base64');
  }

  get receiveCount(): number | undefined {
    return SourceMessage.#of(this).#parts.receiveCount;
  }

  /** Prints the record where `console.log` would print a getter. */
  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: object, options: object) => string,
  ): string {
    return inspect(Object.assign({}, SourceMessage.#of(this), this), options);
  }

  /** Finds the message that an object is or inherits from, as `Object.create(message)` does. */
  static #of(object: object): SourceMessage {
    return #parts in object ? object : SourceMessage.#of(Object.getPrototypeOf(object) as object);
  }

  #readRecord(): unknown {
    const parts = this.#parts;
    if (parts.record === undefined) {
      const record = parts.records.at(parts.index);
      // In a thread, after the batch has ended.
      if (record === undefined) return undefined;
      parts.record = parts.source.view?.(record as object) ?? record;
    }
    return parts.record;
  }
}

/** Decodes base64 to text; `undefined` when the bytes are not UTF-8. */
function decode(base64: string): string | undefined {
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.toString();
  // Only a text with this character can result from invalid bytes: few texts need the slower check.
  return text.includes(REPLACEMENT_CHARACTER) && !process.getBuiltinModule('node:buffer').isUtf8(bytes)
    ? undefined
    : text;
}
