import { once } from 'node:events';
import { request, type IncomingMessage, type Server } from 'node:http';
import { duplexPair } from 'node:stream';
import { json } from 'node:stream/consumers';

import { isRecord } from '@parallel-lambda/local-lambda';

import { ServiceError } from '../endpoint/reply.ts';

/** An answer of DynamoDB. */
export interface DynamoDbAnswer {
  /** Status of HTTP. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** DynamoDB as an emulator (dynalite) in this process has it. It listens nowhere. */
export class LocalDynamoDb {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /**
   * Starts the emulator.
   *
   * @throws {ServiceError} 501, if it is not installed
   */
  static async start(): Promise<LocalDynamoDb> {
    try {
      // Loaded here, because few stacks have tables.
      const { default: dynalite } = await import('dynalite');
      return new LocalDynamoDb(dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
      const sentence = 'DynamoDB needs the package dynalite, which is not installed: npm install dynalite';
      throw new ServiceError(501, 'NotImplemented', sentence);
    }
  }

  /** Runs an operation, such as `PutItem`. */
  async run(operation: string, input: object): Promise<DynamoDbAnswer> {
    const [own, others] = duplexPair();
    this.#server.emit('connection', others);
    const body = JSON.stringify(withoutNulls(input));
    const sent = request({
      method: 'POST',
      createConnection: () => own,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...headers,
        'X-Amz-Target': `DynamoDB_20120810.${operation}`,
        'Content-Length': Buffer.byteLength(body),
      },
    });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const answer: unknown = await json(response);
    own.destroy();
    return { status: response.statusCode ?? 500, body: isRecord(answer) ? answer : {} };
  }
}

/** AWS takes a member that is null for one that is missing; the emulator takes it for a value. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((each) => each !== null).map(withoutNulls);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]));
}

/** Milliseconds after which the emulator has failed. */
const timeoutMs = 10_000;

/** The signature is not checked, but required. */
const headers = {
  Host: 'dynamodb.us-east-1.amazonaws.com',
  'Content-Type': 'application/x-amz-json-1.0',
  'X-Amz-Date': '20260101T000000Z',
  Authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
} as const;
