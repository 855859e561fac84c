import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, it } from 'vitest';

import { LocalFunction } from '../src/index.ts';
import { definition } from './definition.ts';

/** Calls hosts from a function whose requests to AWS are redirected, and returns how each was answered. */
async function calledHosts(hosts: readonly string[], query = ''): Promise<unknown> {
  await using server = createServer((request, response) => {
    response.end(request.headers.host);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const aws = `http://127.0.0.1:${port}/${query}`;
  await using local = new LocalFunction(definition('handlers', 'calling-aws.handler'), { aws });
  const result = await local.invoke(hosts);
  return result.status === 'success' ? result.payload : result;
}

it('requests to the services of AWS are redirected, by https, fetch and a module that was loaded before', async () => {
  const hosts = ['sns.us-east-1.amazonaws.com', 'dynamodb.ap-southeast-2.amazonaws.com', 'sts.amazonaws.com'];
  expect(await calledHosts(hosts)).toEqual(hosts.map((host) => [host, host, host]));
});

it('requests to resources and to other hosts are not', async () => {
  const hosts = [
    'photos.s3.us-east-1.amazonaws.com',
    'a1b2c3.execute-api.us-east-1.amazonaws.com',
    'amazonaws.com.example.com',
    'example.com',
  ];
  expect(await calledHosts(hosts)).toEqual(hosts.map(() => ['looked up', 'looked up', 'looked up']));
});

it('only the services that are named are redirected', async () => {
  const hosts = ['sqs.us-east-1.amazonaws.com', 'ssm.us-east-1.amazonaws.com'];
  const [sqs, ssm] = [hosts[0], 'looked up'];
  expect(await calledHosts(hosts, '?service=sqs&service=sns')).toEqual([
    [sqs, sqs, sqs],
    [ssm, ssm, ssm],
  ]);
});
