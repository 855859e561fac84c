import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RuntimeApi } from '../src/runtime-api.ts';

const invocation = {
  requestId: 'the-request',
  event: '{"is":"an event"}',
  deadlineMs: 1_800_000_000_000,
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fixture',
  traceId: 'Root=1-2-3',
};
const accepted = { status: 202, body: { status: 'OK' } };

let api: RuntimeApi;

beforeEach(async () => {
  api = await RuntimeApi.listen();
});

afterEach(() => {
  api.close();
});

describe('the Runtime API', () => {
  it('hands an event to the runtime that asks for the next', async () => {
    const answer = api.invoke(invocation);
    const response = await fetch(url('invocation/next'));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': 'the-request',
      'lambda-runtime-deadline-ms': '1800000000000',
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
      'lambda-runtime-trace-id': 'Root=1-2-3',
    });
    expect(await response.text()).toBe(invocation.event);
    expect(await post('invocation/the-request/response', '{"a":1}')).toEqual(accepted);
    expect(await answer).toMatchObject({ kind: 'response', body: '{"a":1}' });
  });

  it('has the runtime that asks wait for an event', async () => {
    const next = fetch(url('invocation/next'));
    expect(await api.initialized).toEqual({ kind: 'ready' });
    const answer = api.invoke(invocation);
    expect(await (await next).text()).toBe(invocation.event);
    await post('invocation/the-request/response', 'null');
    await answer;
  });

  it('takes the error of an invocation', async () => {
    const answer = api.invoke(invocation);
    await fetch(url('invocation/next'));
    const error = { errorType: 'TypeError', errorMessage: 'no', trace: ['TypeError: no', 'at x'] };
    expect(await post('invocation/the-request/error', JSON.stringify(error))).toEqual(accepted);
    expect(await answer).toMatchObject({ kind: 'error', error });
  });

  it.for([
    ['no JSON', 'ended badly', { errorType: 'From.Header', errorMessage: 'ended badly' }],
    ['JSON of another kind', '[1]', { errorType: 'From.Header', errorMessage: '[1]' }],
    ['nothing', '', { errorType: 'From.Header', errorMessage: '' }],
  ] as const)('takes an error that is %s', async ([, body, error]) => {
    const answer = api.invoke(invocation);
    await fetch(url('invocation/next'));
    await post('invocation/the-request/error', body, { 'Lambda-Runtime-Function-Error-Type': 'From.Header' });
    expect(await answer).toMatchObject({ kind: 'error', error });
  });

  it('takes the error of INIT, once, and not after INIT', async () => {
    const error = { errorType: 'Runtime.ImportModuleError', errorMessage: 'not found' };
    expect(await post('init/error', JSON.stringify(error))).toEqual(accepted);
    expect(await api.initialized).toEqual({ kind: 'error', error });
    expect(await post('init/error', JSON.stringify(error))).toMatchObject(
      refused(403, 'InvalidStateTransition'),
    );
  });

  it('refuses the response to a request that is unknown, still waiting, or answered already', async () => {
    const respond = (): Promise<Reply> => post('invocation/the-request/response', '1');
    const unknown = refused(400, 'InvalidRequestID');
    expect(await respond()).toMatchObject(unknown);
    const answer = api.invoke(invocation);
    expect(await respond()).toMatchObject(unknown);
    await fetch(url('invocation/next'));
    expect(await post('invocation/another/response', '1')).toMatchObject(unknown);
    expect(await respond()).toEqual(accepted);
    expect(await respond()).toMatchObject(unknown);
    expect(await answer).toMatchObject({ body: '1' });
  });

  it('refuses the next event as long as the last has not been answered', async () => {
    void api.invoke(invocation);
    await fetch(url('invocation/next'));
    expect(await reply(fetch(url('invocation/next')))).toMatchObject(refused(403, 'InvalidStateTransition'));
  });

  it('refuses a response of more than 6 MB, which ends the invocation', async () => {
    const answer = api.invoke(invocation);
    await fetch(url('invocation/next'));
    expect(await post('invocation/the-request/response', 'x'.repeat(6_291_557))).toMatchObject(
      refused(413, 'RequestEntityTooLarge'),
    );
    expect(await answer).toMatchObject({
      kind: 'error',
      error: { errorType: 'Function.ResponseSizeTooLarge' },
    });
  });

  it.for(['/', '/2018-06-01/runtime/', '/2018-06-01/runtime/invocation/x/other', '/2015-03-31/functions'])(
    'has no other operation: %s',
    async (path) => {
      const elsewhere = fetch(`http://${api.address}${path}`, { method: 'POST', body: '' });
      expect(await reply(elsewhere)).toMatchObject(refused(404, 'NotFound'));
    },
  );

  it('works on one event at a time', () => {
    void api.invoke(invocation);
    expect(() => api.invoke({ ...invocation, requestId: 'second' })).toThrow('Still busy with the-request');
  });
});

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

function url(path: string): string {
  return `http://${api.address}/2018-06-01/runtime/${path}`;
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Reply> {
  return reply(fetch(url(path), { method: 'POST', body, headers }));
}

async function reply(request: Promise<Response>): Promise<Reply> {
  const response = await request;
  return { status: response.status, body: await response.json() };
}

function refused(status: number, errorType: string): object {
  return { status, body: { errorType, errorMessage: expect.any(String) as string } };
}
