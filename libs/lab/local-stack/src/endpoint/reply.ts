import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { RequestedOperation } from './requested-operation.ts';

/** What an AWS service answers when it refuses a request. */
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

/** Where a request that has been routed is answered; what it throws is answered in the service's own way. */
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
    // What is too long is read to its end, so that the answer finds somebody who listens, but not kept.
    if (length <= longest) chunks.push(chunk);
  }
  return length <= longest ? Buffer.concat(chunks, length) : undefined;
}
