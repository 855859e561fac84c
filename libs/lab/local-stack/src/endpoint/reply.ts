import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { RequestedOperation } from './requested-operation.ts';

/** Error of an AWS service. */
export class ServiceError extends Error {
  override readonly name: string = 'ServiceError';
  /** HTTP's. */
  readonly status: number;
  /** Such as `ResourceNotFoundException`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Answers a routed request. Errors are answered in the format of the service. */
export type Service = (request: ServiceRequest) => Promise<void> | void;

/** A request to a service, its body read. */
export interface ServiceRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly operation: RequestedOperation;
  readonly body: Buffer;
  readonly response: ServerResponse;
}

/** Ends a response with a body of JSON, or of what its headers say. */
export function reply(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'x-amzn-RequestId': randomUUID(),
    ...headers,
  });
  response.end(body);
}

/**
 * Reads the body of a request.
 *
 * @param longest in bytes
 * @returns nothing when it is longer
 */
export async function readBody(request: IncomingMessage, longest: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // A body that is too long is read to its end, so that the client receives the answer, but not stored.
    if (length <= longest) chunks.push(chunk);
  }
  return length <= longest ? Buffer.concat(chunks, length) : undefined;
}
