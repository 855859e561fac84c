import { Input } from '../endpoint/input.ts';
import { NotServedError } from '../endpoint/not-served.ts';
import { reply, type Service } from '../endpoint/reply.ts';
import type { TableDefinition } from '../stack/stream-definition.ts';
import { LocalDynamoDb } from './local-dynamodb.ts';
import type { StreamSources } from './stream-sources.ts';
import { TableWriter } from './table-writer.ts';

const reads = [
  'BatchGetItem',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'Query',
  'Scan',
];
const writes = ['BatchWriteItem', 'DeleteItem', 'PutItem', 'TransactWriteItems', 'UpdateItem'];

/**
 * DynamoDB with the tables of the stacks: what an emulator serves, and streams and transactions, which it does not have.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
export function dynamoDbService(tables: readonly TableDefinition[], sources: StreamSources): Service {
  let opened: Promise<{ db: LocalDynamoDb; writer: TableWriter }> | undefined;
  const open = async (): Promise<{ db: LocalDynamoDb; writer: TableWriter }> => {
    const db = await LocalDynamoDb.start();
    for (const { creation } of tables) await db.run('CreateTable', creation);
    return { db, writer: new TableWriter(db, tables, sources) };
  };
  return async ({ operation: asked, body, response, headers }) => {
    const { operation, protocol } = asked;
    const isWrite = writes.includes(operation);
    const served = isWrite || reads.includes(operation) || operation === 'TransactGetItems';
    if (protocol !== 'json' || !served) throw new NotServedError(asked);
    const { value: input } = Input.of({ body });
    opened ??= open();
    const { db, writer } = await opened;
    const answer = isWrite
      ? await writer.write(operation, input)
      : operation === 'TransactGetItems'
        ? await writer.getAll(input)
        : await db.run(operation, input);
    reply(response, answer.status, JSON.stringify(answer.body), {
      'Content-Type': headers['content-type'] ?? 'application/x-amz-json-1.0',
    });
  };
}
