import type { ServerResponse } from 'node:http';

/** The runtime has done as it should. */
export function accept(response: ServerResponse): void {
  json(response, 202, { status: 'OK' });
}

/** A request that the runtime may not make, in the terms of the Runtime API. */
export function refuse(
  response: ServerResponse,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  json(response, status, { errorMessage, errorType });
}

function json(response: ServerResponse, status: number, value: object): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}
