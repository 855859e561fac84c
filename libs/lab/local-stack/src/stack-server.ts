import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { LocalSqs } from '@parallel-lambda/event-sources/real-time';
import type { LocalFunctionOptions } from '@parallel-lambda/local-lambda';
import type { QueueDefinition } from './stack/queue-definition.ts';
import type { StacksOfAssembly } from './stack/read-stacks.ts';

import { cloudFormationService } from './endpoint/cloudformation-service.ts';
import { cloudWatchService } from './endpoint/cloudwatch-service.ts';
import { Endpoint } from './endpoint/endpoint.ts';
import { lambdaService } from './endpoint/lambda-service.ts';
import { mappedInvoker } from './mapping/mapped-invoker.ts';
import { queueMapping } from './mapping/queue-mapping.ts';
import { dynamoDbService } from './streams/dynamodb-service.ts';
import { kafkaService } from './streams/kafka-service.ts';
import { kinesisService } from './streams/kinesis-service.ts';
import { streamMapping } from './streams/stream-mapping.ts';
import { StreamSources } from './streams/stream-sources.ts';
import { ServedFunction } from './served-function.ts';
import type { ServedInvocation } from './served-invocation.ts';

/** How a stack is served. */
export interface StackServerOptions {
  /** 0 for a free one. */
  readonly port: number;
  readonly functionOptions: LocalFunctionOptions;
  /** Is told of each invocation that has ended. */
  readonly onInvocation: (invocation: ServedInvocation) => void;
  /** Is told what is nobody's fault who invokes: a mapping goes on after it. */
  readonly onError: (error: unknown) => void;
}

/**
 * A synthesized stack, up on this machine: its queues in an SQS of this process, its functions in environments of
 * their own, its mappings between them, and one endpoint in front of all.
 */
export class StackServer implements AsyncDisposable {
  readonly functions: ReadonlyMap<string, ServedFunction>;
  readonly endpoint: string;
  /** For whoever looks at its queues from within. */
  readonly client: SQSClient;
  readonly #resources: AsyncDisposableStack;

  private constructor(
    functions: ReadonlyMap<string, ServedFunction>,
    endpoint: string,
    client: SQSClient,
    resources: AsyncDisposableStack,
  ) {
    this.functions = functions;
    this.endpoint = endpoint;
    this.client = client;
    this.#resources = resources;
  }

  /**
   * Brings a stack up.
   *
   * @throws {LabError} `usage`, when the port is in use
   */
  static async start(
    { assembly, stacks }: StacksOfAssembly,
    options: StackServerOptions,
  ): Promise<StackServer> {
    await using starting = new AsyncDisposableStack();
    const endpoint = starting.use(await Endpoint.listen(options.port));
    const { url } = endpoint;
    const sqs = starting.use(await LocalSqs.start());
    const client = starting.adopt(localClient(url), (opened) => {
      opened.destroy();
    });
    const { functionOptions, onInvocation, onError } = options;
    const functions = new Map(
      assembly.functions.map((definition) => [
        definition.name,
        new ServedFunction(definition, functionOptions, onInvocation),
      ]),
    );
    const sources = new StreamSources();
    const tables = stacks.flatMap((stack) => stack.tables);
    endpoint.serve({
      sqs: sqs.handle,
      services: {
        lambda: lambdaService(functions),
        cloudformation: cloudFormationService(stacks, url),
        monitoring: cloudWatchService(functions),
        kinesis: kinesisService(sources),
        dynamodb: dynamoDbService(tables, sources),
        kafka: kafkaService(sources),
      },
    });
    const queues = stacks.flatMap((stack) => stack.queues);
    for (const queue of queues) await createQueue(client, queue);
    for (const definition of stacks.flatMap(({ mappings }) => mappings)) {
      const served = functions.get(definition.functionName);
      if (!served) continue;
      const context = { client, endpoint: url, invoker: mappedInvoker(served, onError) };
      const queue = queues.find(({ arn }) => arn === definition.sourceArn);
      if (queue) starting.use(queueMapping(definition, queue, context));
      const fed = sources.add(definition, stacks);
      if (fed) starting.use(streamMapping(definition, fed, { ...context, metrics: served.metrics }));
    }
    // Ended first: a mapping's end waits for what it has in work.
    for (const served of functions.values()) starting.use(served);
    return new StackServer(functions, url, client, starting.move());
  }

  /** Ends everything, also what is in work: its messages stay with nobody, for the queues end too. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}

/** A client of what is served; whoever signs does not matter to it. */
function localClient(endpoint: string): SQSClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SQSClient({ endpoint, region: 'us-east-1', credentials });
}

async function createQueue(client: SQSClient, { name, attributes }: QueueDefinition): Promise<void> {
  await client.send(new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes } }));
}
