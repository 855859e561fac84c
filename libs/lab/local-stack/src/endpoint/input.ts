import { isRecord } from '@parallel-lambda/local-lambda';

import { ServiceError } from './reply.ts';

/** An object of a request, whose members are validated when they are read. */
export class Input {
  /** The response as it arrived. */
  readonly value: Readonly<Record<string, unknown>>;

  /**
   * @param name of the object, for the error
   * @throws {ServiceError} 400, when the value is not an object
   */
  constructor(name: string, value: unknown) {
    if (!isRecord(value) || Array.isArray(value)) throw invalid(name, 'an object', value);
    this.value = value;
  }

  /**
   * Reads the body of a request.
   *
   * @throws {ServiceError} 400, when it is not a JSON object
   */
  static of({ body }: { readonly body: Buffer }): Input {
    let value: unknown;
    try {
      value = JSON.parse(body.toString());
    } catch (error) {
      throw new ServiceError(
        400,
        'SerializationException',
        `The body must be JSON: ${(error as Error).message}`,
      );
    }
    return new Input('The body', value);
  }

  has(name: string): boolean {
    return this.value[name] !== undefined && this.value[name] !== null;
  }

  /** @throws {ServiceError} 400, when it is not a string */
  text(name: string): string {
    const value = this.value[name];
    if (typeof value === 'string') return value;
    throw invalid(name, 'a string', value);
  }

  /** @throws {ServiceError} 400, when it is there and not a string */
  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  /** @throws {ServiceError} 400, when it is not a number */
  number(name: string): number {
    const value = this.value[name];
    if (typeof value === 'number') return value;
    throw invalid(name, 'a number', value);
  }

  /** @throws {ServiceError} 400, when it is not an object */
  object(name: string): Input {
    return new Input(name, this.value[name]);
  }

  /**
   * Reads a list of objects.
   *
   * @returns an empty one where it is absent
   * @throws {ServiceError} 400, when it is something else
   */
  objects(name: string): readonly Input[] {
    return this.list(name).map((element, index) => new Input(`${name}[${index}]`, element));
  }

  /** @throws {ServiceError} 400, when it is there and not a list */
  list(name: string): readonly unknown[] {
    const value = this.value[name];
    if (!this.has(name)) return [];
    if (Array.isArray(value)) return value;
    throw invalid(name, 'a list', value);
  }

  entries(): readonly (readonly [string, unknown])[] {
    return Object.entries(this.value);
  }
}

function invalid(name: string, expected: string, value: unknown): ServiceError {
  const got = value === undefined ? 'missing' : JSON.stringify(value).slice(0, 100);
  return new ServiceError(400, 'SerializationException', `${name} must be ${expected}, not ${got}`);
}
