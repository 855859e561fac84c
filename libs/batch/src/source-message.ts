import { InvalidMessageError } from './errors.ts';
import type { BatchMessage } from './message.ts';
import type { Source } from './sources/source.ts';

/** Where the records of a batch are to be had, by their index in the event: an array, or what fetches one. */
export interface Records {
  at(index: number): unknown;
}

/** A message as its source reads it, in the main thread or in another. */
export class SourceMessage implements BatchMessage {
  readonly id: string;
  readonly receiveCount: number | undefined;
  readonly #source: Source;
  readonly #content: string;
  readonly #records: Records;
  readonly #index: number;

  /**
   * @param content what `source.content` gives of the record
   * @param index of the record in `records`
   */
  constructor(
    source: Source,
    { id, receiveCount, content }: { id: string; receiveCount: number | undefined; content: string },
    records: Records,
    index: number,
  ) {
    this.id = id;
    this.receiveCount = receiveCount;
    this.#source = source;
    this.#content = content;
    this.#records = records;
    this.#index = index;
  }

  get refusal(): string | undefined {
    return this.#source.refuse?.(this.#content);
  }

  get text(): string {
    if (this.#source.encoding === 'text') return this.#content;
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.bytes);
    } catch (cause) {
      throw new InvalidMessageError(`Message ${this.id} is not UTF-8: read its bytes`, { cause });
    }
  }

  get bytes(): Uint8Array {
    return Buffer.from(this.#content, this.#source.encoding === 'text' ? 'utf8' : 'base64');
  }

  get record(): unknown {
    return this.#records.at(this.#index);
  }
}
