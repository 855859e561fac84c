export {
  fakeAws,
  invocation,
  json,
  jsonError,
  noAccount,
  requestId,
  stack,
  xmlError,
  type Answer,
  type Answers,
  type FakeAws,
  type Input,
} from './fake-aws.ts';
export { inAccount, inAccountWithQueues, type AccountWithQueues } from './in-account.ts';
export { outputs } from './outputs.ts';
