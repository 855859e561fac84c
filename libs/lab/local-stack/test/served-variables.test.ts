import { expect, it } from 'vitest';

import { functionResource, serveTemplate } from './served-template.ts';

const variables = `export const handler = async () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => /^AWS_(?:ENDPOINT|ACCESS|SECRET|SESSION|PROFILE)|^OWN/.test(name)));`;

it('a served function has dummy credentials and the endpoint, for what its own variables leave', async () => {
  const own = functionResource('code', { Environment: { Variables: { OWN: '1' } } });
  const elsewhere = functionResource('code', {
    Environment: { Variables: { AWS_ENDPOINT_URL: 'http://elsewhere' } },
  });
  await using served = await serveTemplate({ own, elsewhere }, { code: variables });
  const { endpoint } = served.server;
  const dummy = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  expect(await served.invoke('own')).toEqual({
    ...dummy,
    AWS_ENDPOINT_URL: endpoint,
    AWS_SESSION_TOKEN: 'own',
    OWN: '1',
  });
  expect(await served.invoke('elsewhere')).toMatchObject({ AWS_ENDPOINT_URL: 'http://elsewhere' });
});

it("with this machine's credentials only what is served has its endpoint here", async () => {
  const credentials = { AWS_ACCESS_KEY_ID: 'real', AWS_SECRET_ACCESS_KEY: 'secret' };
  await using served = await serveTemplate(
    { own: functionResource('code') },
    { code: variables },
    { functionOptions: { variables: credentials } },
  );
  const { endpoint } = served.server;
  expect(await served.invoke('own')).toEqual({
    ...credentials,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_KINESIS: endpoint,
    AWS_ENDPOINT_URL_LAMBDA: endpoint,
    AWS_ENDPOINT_URL_SNS: endpoint,
    AWS_ENDPOINT_URL_SQS: endpoint,
  });
});

it('what a client changes of the variables leaves the credentials and the endpoint', async () => {
  await using served = await serveTemplate({ own: functionResource('code') }, { code: variables });
  await fetch(`${served.server.endpoint}/2015-03-31/functions/own/configuration`, {
    method: 'PUT',
    body: JSON.stringify({ Environment: { Variables: { OWN: '2' } } }),
  });
  expect(await served.invoke('own')).toMatchObject({ OWN: '2', AWS_ENDPOINT_URL: served.server.endpoint });
});

it('an AWS SDK that ignores the endpoint calls what is served', async () => {
  const code = `import https from 'node:https';
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ListQueues' };
    export const handler = () => new Promise((resolve, reject) => {
      https.request('https://sqs.us-east-1.amazonaws.com/', { method: 'POST', headers }, async (response) => {
        resolve(JSON.parse(Buffer.concat(await response.toArray()).toString()));
      }).on('error', reject).end('{}');
    });`;
  await using served = await serveTemplate(
    { own: functionResource('code'), Orders: { Type: 'AWS::SQS::Queue' } },
    { code },
  );
  const [url = ''] = ((await served.invoke('own')) as { QueueUrls: string[] }).QueueUrls;
  expect(new URL(url).pathname).toBe('/000000000000/Orders');
});
