import { reply, ServiceError, type ServiceRequest } from './reply.ts';

/** Headers that are for one connection only, of HTTP/2, or that `fetch` sets. */
const ownHeaders = /^(?::.*|connection|content-length|expect|host|keep-alive|transfer-encoding)$/;

/**
 * Passes a request on to another endpoint, such as that of DynamoDB Local, and its answer back.
 *
 * @throws {ServiceError} 502, if the endpoint does not answer
 */
export async function passOn(
  endpoint: string,
  { method, url, headers, body, response }: Omit<ServiceRequest, 'operation'>,
): Promise<void> {
  const given = Object.entries(headers).filter(([name]) => !ownHeaders.test(name));
  let answer: Response;
  try {
    answer = await fetch(new URL(url.pathname + url.search, endpoint), {
      method,
      headers: given.map(([name, value]): [string, string] => [name, String(value)]),
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
  } catch (cause) {
    throw new ServiceError(
      502,
      'ServiceUnavailable',
      `${endpoint} does not answer: ${(cause as Error).message}`,
    );
  }
  const type = answer.headers.get('content-type');
  reply(response, answer.status, Buffer.from(await answer.arrayBuffer()), {
    ...(type !== null && { 'Content-Type': type }),
  });
}
