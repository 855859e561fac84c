import { Input } from './input.ts';
import { NotServedError } from './not-served.ts';
import { reply, type Service } from './reply.ts';

/** Answers an operation of AWS's JSON protocol. */
export type JsonOperation = (input: Input) => object;

/**
 * Makes a service with AWS's JSON protocol.
 *
 * @param operations by name, such as `PutRecord`
 */
export function jsonService(operations: Readonly<Record<string, JsonOperation>>): Service {
  return ({ operation, headers, body, response }) => {
    const answer = operation.protocol === 'json' ? operations[operation.operation] : undefined;
    if (!answer) throw new NotServedError(operation);
    reply(response, 200, JSON.stringify(answer(Input.of({ body }))), {
      'Content-Type': headers['content-type'] ?? 'application/json',
    });
  };
}
