import { Input } from '../endpoint/input.ts';
import { NotServedError } from '../endpoint/not-served.ts';
import { reply, ServiceError, type Service } from '../endpoint/reply.ts';
import type { TableDefinition } from '../stack/stream-definition.ts';
import { recordOf } from '../stack/template-resource.ts';
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
 * DynamoDB with the tables of the stacks: an emulator, with the streams and transactions that it does not have.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
export function dynamoDbService(tables: readonly TableDefinition[], sources: StreamSources): Service {
  let opened: Promise<{ db: LocalDynamoDb; writer: TableWriter }> | undefined;
  const open = async (): Promise<{ db: LocalDynamoDb; writer: TableWriter }> => {
    const db = await LocalDynamoDb.start();
    for (const table of tables) await create(db, table);
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

/**
 * Creates a table, and settles when it can be read: the emulator needs a moment.
 *
 * @throws {ServiceError} 400, if DynamoDB refuses its definition
 */
async function create(db: LocalDynamoDb, { name, creation }: TableDefinition): Promise<void> {
  const { status, body } = await db.run('CreateTable', creation);
  if (status !== 200) {
    const sentence = `The table ${name} cannot be created: ${String(body.message)}. Correct it in the template.`;
    throw new ServiceError(400, 'ValidationException', sentence);
  }
  const isCreating = async (): Promise<boolean> => {
    const described = await db.run('DescribeTable', { TableName: name });
    return recordOf(described.body.Table).TableStatus === 'CREATING';
  };
  while (await isCreating());
}
