import type { ServiceMap } from '@parallel-lambda/local-stack/server';
import { expect, it } from 'vitest';

import { runLab } from '../../test/run-lab.ts';
import { makeProject, ordersTemplate } from '../../test/serve/project.ts';
import { LabProcess } from './lab-process.ts';

/** Logs the body of each message, as JSON. */
const code = 'exports.handler = async ({ Records }) => Records.forEach(({ body }) => console.log(body));';

const bodies = {
  sns: ['{"id":1}', { Type: 'Notification', Message: '{"id":1}', TopicArn: expect.any(String) as unknown }],
  s3: [
    '{"bucket":"photos","key":"my cat.jpg"}',
    {
      Records: [{ eventSource: 'aws:s3', s3: { bucket: { name: 'photos' }, object: { key: 'my+cat.jpg' } } }],
    },
  ],
  eventbridge: [
    '{"source":"shop","detail-type":"OrderPlaced","detail":{"id":1}}',
    { source: 'shop', 'detail-type': 'OrderPlaced', detail: { id: 1 } },
  ],
} as const;

it('lab send --as: the function of a served template receives what SNS, S3 and EventBridge send', async () => {
  await using project = await makeProject({ 'template.yaml': ordersTemplate, 'orders/index.js': code });
  const assembly = `${project.folder}/template.yaml`;
  await using lab = new LabProcess(['serve', '--json', '--port', '0', '--assembly', assembly]);
  const { endpoint } = (await lab.line()) as ServiceMap;
  const variables = {
    ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
  };
  for (const [service, [body, expected]] of Object.entries(bodies)) {
    const sending = ['send', 'Orders', '--messages', '1', '--as', service, '--body', body];
    expect(await runLab(sending, '', variables)).toMatchObject({ code: 0 });
    expect(await lab.line()).toMatchObject({ function: 'Orders', status: 'success', messages: 1, failed: 0 });
    const [log = ''] = lab.logs.splice(0);
    expect(JSON.parse(log.split('\t').at(-1) ?? '')).toMatchObject(expected);
  }
});
