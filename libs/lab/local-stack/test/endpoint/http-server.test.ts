import { once } from 'node:events';
import { connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { text } from 'node:stream/consumers';

import { afterEach, expect, it } from 'vitest';

import { HttpServer } from '../../src/endpoint/http-server.ts';

let server: HttpServer;

async function echo(): Promise<HttpServer> {
  server = new HttpServer((request, response) => {
    void text(request).then((body) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ path: request.url, host: request.headers.host, body }));
    });
  });
  await server.listen(0);
  return server;
}

afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

/** Sends a request in HTTP/2, as AWS's clients for Kinesis do. */
async function send(session: ReturnType<typeof connect>, path: string, body: string): Promise<unknown> {
  const stream = session.request({ ':method': 'POST', ':path': path });
  stream.end(body);
  return JSON.parse(await text(stream));
}

it('a client of HTTP/2 is answered on the port of HTTP/1.1, requests at the same time too', async () => {
  const { port } = await echo();
  const session = connect(`http://127.0.0.1:${port}`);
  const answers = await Promise.all(['/a', '/b', '/c'].map((path) => send(session, path, `body of ${path}`)));
  expect(answers).toEqual(
    ['/a', '/b', '/c'].map((path) => ({ path, host: `127.0.0.1:${port}`, body: `body of ${path}` })),
  );
  const closed = once(session, 'close');
  session.close();
  await closed;
  const answer = await fetch(`http://127.0.0.1:${port}/d`, { method: 'POST', body: 'of HTTP/1.1' });
  expect(await answer.json()).toEqual({ path: '/d', host: `127.0.0.1:${port}`, body: 'of HTTP/1.1' });
});

it('a connection serves several requests of HTTP/1.1', async () => {
  const { port } = await echo();
  const socket = connectSocket(port, '127.0.0.1');
  const answers: string[] = [];
  socket.on('data', (data: Buffer) => answers.push(data.toString()));
  for (const count of [1, 2]) {
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await expect.poll(() => answers.join('').split('200 OK').length - 1).toBe(count);
  }
  socket.destroy();
});

it('its end closes connections of both kinds, and one that never sends', async () => {
  const { port } = await echo();
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  await send(session, '/', '');
  const silent = connectSocket(port, '127.0.0.1');
  await once(silent, 'connect');
  const closed = [once(session, 'close'), once(silent, 'close')];
  silent.resume();
  await server[Symbol.asyncDispose]();
  await Promise.all(closed);
  server = await echo();
});
