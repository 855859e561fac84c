import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, it } from 'vitest';

import { serveTemplate } from '../served-template.ts';

it('a request to another endpoint is passed on, and its answer back', async () => {
  const requests: string[] = [];
  const other = createServer((request, response) => {
    requests.push(`${request.headers['x-amz-target'] as string} ${request.headers.authorization ?? ''}`);
    response.writeHead(202, { 'Content-Type': 'application/x-amz-json-1.1' }).end('{"FailedEntryCount":0}');
  });
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const events = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  await using passing = await serveTemplate({}, {}, { endpoints: { events, states: 'http://127.0.0.1:1' } });
  const post = (target: string) =>
    fetch(passing.server.endpoint, {
      method: 'POST',
      headers: {
        'X-Amz-Target': target,
        'Content-Type': 'application/x-amz-json-1.1',
        authorization: 'signed',
      },
      body: '{}',
    });
  const answer = await post('AWSEvents.PutEvents');
  expect([answer.status, await answer.text()]).toEqual([202, '{"FailedEntryCount":0}']);
  expect(requests).toEqual(['AWSEvents.PutEvents signed']);
  expect((await post('AWSStepFunctions.StartExecution')).status).toBe(502);
  other.closeAllConnections();
  other.close();
});
