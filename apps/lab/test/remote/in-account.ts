import { onTestFinished, vi } from 'vitest';

import { fakeAws, noAccount, type Answers, type FakeAws } from './fake-aws.ts';

/** Lets this process ask a fake endpoint until the test has finished. */
export async function inAccount(
  answers: Answers,
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<FakeAws> {
  const aws = await fakeAws(answers);
  for (const [name, value] of Object.entries({ ...noAccount, ...aws.variables, ...variables })) {
    vi.stubEnv(name, value);
  }
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await aws[Symbol.asyncDispose]();
  });
  return aws;
}
