import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { DeadlineReached } from '@parallel-lambda/batch';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { FetchStepError, InvalidStepError } from '../src/index.ts';
import { workOn } from './messages.ts';

/** A name of this machine. */
const connectionClosed = /^GET http:\/\/127.0.0.1:\d+\/ failed: (other side closed|read ECONNRESET)$/;

let server: Server;
let port: number;
let answer: RequestListener;

beforeEach(async () => {
  server = createServer((request, response) => {
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});

afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

test('a GET that is answered with 2xx succeeds', async () => {
  const requests: string[] = [];
  answer = ({ method, url }, response) => {
    requests.push(`${String(method)} ${String(url)}`);
    response.writeHead(201).end('created');
  };
  await workOn({ fetch: `http://127.0.0.1:${port}/path?query` });
  expect(requests).toEqual(['GET /path?query']);
});

test('a body that breaks off fails: it is read to its end', async () => {
  answer = ({ socket }, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('less', () => socket.destroy());
  };
  await expect(workOn({ fetch: `http://127.0.0.1:${port}/` })).rejects.toThrow(connectionClosed);
});

test('a name is looked up, and a name of this machine is allowed', async () => {
  answer = (_request, response) => response.end();
  await expect(workOn({ fetch: `http://localhost:${port}/` })).resolves.toBeUndefined();
});

test.each([304, 400, 404, 500, 503])('status %i fails with the status and the URL', async (status) => {
  answer = (_request, response) => response.writeHead(status).end('no');
  await expect(workOn({ fetch: `http://127.0.0.1:${port}/x` })).rejects.toThrow(
    new FetchStepError(`GET http://127.0.0.1:${port}/x returned status ${status}, not 2xx`),
  );
});

test('a redirect is not followed', async () => {
  const paths: (string | undefined)[] = [];
  answer = ({ url }, response) => {
    paths.push(url);
    response.writeHead(302, { location: '/elsewhere' }).end();
  };
  await expect(workOn({ fetch: `http://127.0.0.1:${port}/here` })).rejects.toThrow('status 302, not 2xx');
  expect(paths).toEqual(['/here']);
});

test('a closed connection fails with a descriptive error and its cause', async () => {
  answer = ({ socket }) => socket.destroy();
  const failing = workOn({ fetch: `http://127.0.0.1:${port}/` });
  await expect(failing).rejects.toThrow(connectionClosed);
  await expect(failing).rejects.toMatchObject({
    name: 'FetchStepError',
    cause: expect.any(TypeError) as unknown,
  });
});

test('an address without a server fails with a descriptive error', async () => {
  server.close();
  await expect(workOn({ fetch: `http://127.0.0.1:${port}/` })).rejects.toThrow(
    `failed: connect ECONNREFUSED 127.0.0.1:${port}`,
  );
});

test('a name that does not exist fails with a descriptive error', async () => {
  // Longer than a label of a name may be, so that no name server is asked.
  const host = 'x'.repeat(64);
  await expect(workOn({ fetch: `http://${host}/` })).rejects.toThrow(
    new RegExp(`^GET http://${host}/ failed: getaddrinfo`),
  );
});

test.each(['before an answer', 'in the middle of the body'])('an abort ends a request %s', async (when) => {
  const aborter = new AbortController();
  const reason = new DeadlineReached();
  const closed = new Promise<void>((resolve) => {
    answer = ({ socket }, response) => {
      socket.once('close', resolve);
      if (when === 'in the middle of the body') response.write('first half, ');
      aborter.abort(reason);
    };
  });
  await expect(workOn({ fetch: `http://127.0.0.1:${port}/` }, { signal: aborter.signal })).rejects.toBe(
    reason,
  );
  await closed;
});

test.each([
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.0.0/',
  'http://169.254.255.255:8080/',
  'http://169.254.169.254./',
  'http://2852039166/',
  'http://0xa9.0xfe.0xa9.0xfe/',
  'https://[fe80::1]/',
  'http://[febf:ffff::1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[fd00:ec2::254]/',
])('%s is link-local and refused', async (url) => {
  await expect(workOn({ fetch: url })).rejects.toThrow(InvalidStepError);
});

test.each(['127.0.0.1', '127.1.2.3', '0.0.0.0', '[::1]', '[::]', '[::ffff:127.0.0.1]', '2130706433'])(
  'the Runtime API is refused, called %s',
  async (host) => {
    vi.stubEnv('AWS_LAMBDA_RUNTIME_API', `127.0.0.1:${port}`);
    await expect(workOn({ fetch: `http://${host}:${port}/` })).rejects.toThrow(InvalidStepError);
  },
);

test('the Runtime API is refused by the name of this machine, which needs a lookup', async () => {
  const asked = vi.fn<RequestListener>((_request, response) => response.end());
  answer = asked;
  vi.stubEnv('AWS_LAMBDA_RUNTIME_API', `127.0.0.1:${port}`);
  await expect(workOn({ fetch: `http://localhost:${port}/` })).rejects.toThrow(
    /^GET http:\/\/localhost:\d+\/ is not allowed: localhost is (127\.0\.0\.1|::1)$/,
  );
  expect(asked).not.toHaveBeenCalled();
});

test('the Runtime API elsewhere, at the default port, is refused too', async () => {
  vi.stubEnv('AWS_LAMBDA_RUNTIME_API', '192.0.2.1');
  await expect(workOn({ fetch: 'http://192.0.2.1/' })).rejects.toThrow(InvalidStepError);
});

test('its neighbours on this machine are not', async () => {
  answer = (_request, response) => response.end();
  vi.stubEnv('AWS_LAMBDA_RUNTIME_API', `127.0.0.1:${port - 1}`);
  await expect(workOn({ fetch: `http://127.0.0.1:${port}/` })).resolves.toBeUndefined();
});
