import { request, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

/** An answer as it came. */
export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Method, path, headers and body of a request. */
export type SendParameters = readonly [
  method: string,
  path: string,
  headers?: Readonly<Record<string, string>>,
  body?: string,
];

/** Sends a request as it is: `fetch` would correct its path and add headers. */
export async function sendTo(endpoint: string, ...parameters: SendParameters): Promise<Answer> {
  const [method, path, headers = {}, body = ''] = parameters;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { hostname, port } = new URL(endpoint);
  request({ hostname, port, method, path, headers, agent: false }, (response) => {
    const { statusCode: status, headers: own } = response;
    text(response).then((answer) => {
      resolve({ status, headers: own, body: answer });
    }, reject);
  })
    .on('error', reject)
    .end(body);
  return promise;
}

export const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, Signature=x`,
});

export const json = (target: string) => ({
  'x-amz-target': target,
  'content-type': 'application/x-amz-json-1.0',
});

export const form = { 'content-type': 'application/x-www-form-urlencoded' };
