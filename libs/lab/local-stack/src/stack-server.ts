import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { LocalSqs } from '@parallel-lambda/event-sources/real-time';
import { LabError, type FunctionDefinition, type LocalFunctionOptions } from '@parallel-lambda/local-lambda';

import type { Assembly } from './assembly/read-assembly.ts';
import { deliverTo } from './asynchronous/deliver.ts';
import { cloudFormationService } from './endpoint/cloudformation-service.ts';
import { cloudWatchService } from './endpoint/cloudwatch-service.ts';
import { Endpoint, type EndpointEvents } from './endpoint/endpoint.ts';
import { lambdaService } from './endpoint/lambda-service.ts';
import { queryService, snsOperations } from './endpoint/query-service.ts';
import type { Service } from './endpoint/reply.ts';
import { sqsQueryService } from './endpoint/sqs-query.ts';
import { mappedInvoker } from './mapping/mapped-invoker.ts';
import { queueMapping } from './mapping/queue-mapping.ts';
import { OpenedResources } from './opened-resources.ts';
import { ServedFunction, type ServedFunctionContext } from './served-function.ts';
import type { ServedFunctionEvents } from './served-invocation.ts';
import { redirectedTo, servedVariables } from './served-variables.ts';
import type { QueueDefinition } from './stack/queue-definition.ts';
import type { Stack, StacksOfAssembly } from './stack/read-stacks.ts';
import { servedAt } from './stack/referable.ts';
import { dynamoDbService } from './streams/dynamodb-service.ts';
import { kafkaService } from './streams/kafka-service.ts';
import { kinesisService } from './streams/kinesis-service.ts';
import { streamMapping } from './streams/stream-mapping.ts';
import { StreamSources } from './streams/stream-sources.ts';
import { openTopics } from './topics/open-topics.ts';

/** Options for serving a stack. */
export interface StackServerOptions extends EndpointEvents, ServedFunctionEvents {
  /** 0 for a free one. */
  readonly port: number;
  /** `variables` are this machine's AWS credentials, if the functions may have them. */
  readonly functionOptions: LocalFunctionOptions;
  /**
   * URLs of other endpoints, such as that of DynamoDB Local, by the name that requests are signed for: `dynamodb`.
   *
   * @default none: requests to services that are not served here fail
   */
  readonly endpoints?: Readonly<Record<string, string>> | undefined;
  /** Called with errors that no caller caused. The server and its mappings continue. */
  readonly onError: (error: unknown) => void;
}

/** Change of a function when its assembly was built again. A function that was added or removed needs a new server. */
export type Redeployment = { readonly function: string } & (
  | { readonly outcome: 'replaced' | 'added' | 'removed' }
  /** It cannot run here, so the previous code stays. */
  | { readonly outcome: 'refused'; readonly reason: string }
);

/**
 * A synthesized stack, up on this machine: its queues in an SQS of this process, its functions in separate
 * environments, its mappings, and one endpoint for all of them.
 */
export class StackServer implements AsyncDisposable {
  readonly functions: ReadonlyMap<string, ServedFunction>;
  readonly endpoint: string;
  /** The queues, for code in this process. */
  readonly client: SQSClient;
  readonly #resources: OpenedResources;

  private constructor(
    functions: ReadonlyMap<string, ServedFunction>,
    endpoint: string,
    client: SQSClient,
    resources: OpenedResources,
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
    await using starting = new OpenedResources();
    const endpoint = starting.use(await Endpoint.listen(options.port, options));
    const { url } = endpoint;
    const sqs = starting.use(await LocalSqs.start());
    const client = localClient(url);
    starting.defer(() => {
      client.destroy();
    });
    const { onError } = options;
    const queues = stacks.flatMap((stack) => stack.queues);
    const topics = stacks.flatMap((stack) => stack.topics);
    const functions = new Map<string, ServedFunction>();
    const served = new Set([...queues, ...topics].map(({ arn }) => arn));
    const deliver = deliverTo({ client, endpoint: url, functions, served, onError });
    for (const synthesized of assembly.functions) {
      const definition = withEndpoint(synthesized, url);
      functions.set(
        definition.name,
        serveFunction(definition, stacks, { ...options, deliver, endpoint: url }),
      );
    }
    const sources = new StreamSources();
    const tables = stacks.flatMap((stack) => stack.tables);
    endpoint.serve({
      sqs: sqs.handle,
      others: options.endpoints ?? {},
      services: new Map<string, Service>([
        ['lambda', lambdaService(functions)],
        ['cloudformation', cloudFormationService(stacks, assembly.functions, url)],
        ['monitoring', cloudWatchService(functions)],
        ['kinesis', kinesisService(sources)],
        ['dynamodb', dynamoDbService(tables, sources)],
        ['kafka', kafkaService(sources)],
        ['sns', queryService(sqs, snsOperations)],
        ['sqs', sqsQueryService(sqs)],
        ['sts', queryService(sqs, ['GetCallerIdentity'])],
      ]),
    });
    for (const queue of queues) await createQueue(client, queue);
    const subscriptions = stacks.flatMap((stack) => stack.subscriptions);
    const context = { client, endpoint: url, functions, sqs, onError };
    for (const mapping of await openTopics({ topics, subscriptions }, context)) starting.use(mapping);
    for (const definition of stacks.flatMap(({ mappings }) => mappings)) {
      const mapped = functions.get(definition.functionName);
      if (!mapped) continue;
      const surroundings = { client, endpoint: url, deliver, invoker: mappedInvoker(mapped, onError) };
      const queue = queues.find(({ arn }) => arn === definition.sourceArn);
      if (queue) starting.use(queueMapping(definition, queue, surroundings));
      const fed = sources.add(definition, stacks);
      if (fed) starting.use(streamMapping(definition, fed, { ...surroundings, metrics: mapped.metrics }));
    }
    // Ended first: the end of a mapping waits for its batches in flight.
    for (const one of functions.values()) starting.use(one);
    return new StackServer(functions, url, client, starting.move());
  }

  /**
   * Runs the functions of an assembly that was built again, from their next invocation on. Nothing else of the stack
   * changes.
   */
  redeploy({ functions }: Assembly): readonly Redeployment[] {
    const served = [...this.functions.keys()];
    const missing = served.filter((name) => !functions.some((definition) => definition.name === name));
    return [
      ...functions.flatMap((definition) => this.#redeploy(definition)),
      ...missing.map((name) => ({ function: name, outcome: 'removed' }) as const),
    ];
  }

  #redeploy(synthesized: FunctionDefinition): readonly Redeployment[] {
    const definition = withEndpoint(synthesized, this.endpoint);
    const { name } = definition;
    const served = this.functions.get(name);
    if (!served) return [{ function: name, outcome: 'added' }];
    try {
      return served.redeploy(definition) ? [{ function: name, outcome: 'replaced' }] : [];
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      return [{ function: name, outcome: 'refused', reason: error.message }];
    }
  }

  /** Ends everything, also batches in flight. The queues end too. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]();
  }
}

/** Serves a function with the variables and the asynchronous settings of its stack. */
function serveFunction(
  definition: FunctionDefinition,
  stacks: readonly Stack[],
  {
    endpoint,
    functionOptions,
    ...context
  }: StackServerOptions & Pick<ServedFunctionContext, 'deliver'> & { readonly endpoint: string },
): ServedFunction {
  const { name } = definition;
  const variables = servedVariables(endpoint, name, functionOptions.variables);
  const aws = redirectedTo(endpoint, functionOptions.variables);
  const asynchronous = stacks
    .flatMap((stack) => stack.asynchronous)
    .find(({ functionName }) => functionName === name);
  return new ServedFunction(definition, { ...functionOptions, variables, aws }, { ...context, asynchronous });
}

/** The URLs of queues in a function's variables are those of the endpoint. */
function withEndpoint(definition: FunctionDefinition, endpoint: string): FunctionDefinition {
  const environment = Object.fromEntries(
    Object.entries(definition.environment).map(([name, value]) => [name, servedAt(endpoint, value)]),
  );
  return { ...definition, environment };
}

/** A client of the served queues, with any credentials. */
function localClient(endpoint: string): SQSClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SQSClient({ endpoint, region: 'us-east-1', credentials });
}

async function createQueue(client: SQSClient, { name, attributes }: QueueDefinition): Promise<void> {
  await client.send(new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes } }));
}
