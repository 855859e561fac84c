import { type Technique, techniques } from '../techniques.ts';
import { type Context, type Range, readChoice, readNumber, SettingsError } from './read-values.ts';
import { refuseContradictions, refuseUnknown } from './refuse.ts';
import { type KafkaSettings, type ManagedInstancesSettings, type Settings, sourceNames } from './settings.ts';
import { sourceLimits } from './source-limits.ts';

const ownMemory: Range = { min: 128, max: 10_240, default: 3008 };
const managedMemory: Range = { min: 2048, max: 32_768, default: 4096 };

/**
 * Reads what is to be deployed, every setting in its range and none against another.
 *
 * @param context what `cdk.json` and `--context name=value` say
 * @throws {SettingsError} with a sentence for whoever wrote the command
 */
export function readSettings(context: Context): Settings {
  refuseUnknown(context);
  const source = readChoice(context, 'source', sourceNames);
  const limits = sourceLimits[source];
  const workers = readNumber(context, 'workers', { min: 1, max: 10_000 });
  const threads = readNumber(context, 'threads', { min: 1, max: 64 });
  const concurrency =
    limits.concurrency &&
    (readNumber(context, 'concurrency', limits.concurrency) ?? limits.concurrency.default);
  const managed = readManaged(context);
  const memory = managed ? managedMemory : ownMemory;
  const settings: Settings = {
    source,
    techniques: readTechniques(context),
    memory: readNumber(context, 'memory', memory) ?? memory.default,
    timeout: readNumber(context, 'timeout', { min: 1, max: 900 }) ?? 30,
    architecture: readChoice(context, 'architecture', ['arm64', 'x86_64']),
    ...(workers !== undefined && { workers }),
    ...(threads !== undefined && { threads }),
    batchSize: readNumber(context, 'batchSize', limits.batchSize) ?? limits.batchSize.default,
    window: readNumber(context, 'window', limits.window) ?? limits.window.default,
    ...(concurrency !== undefined && { concurrency }),
    removalPolicy: readChoice(context, 'removalPolicy', ['destroy', 'retain']),
    logFormat: readChoice(context, 'logFormat', ['json', 'text']),
    metrics: readChoice(context, 'metrics', ['on', 'off']),
    tracing: readChoice(context, 'tracing', ['off', 'on']),
    ...(managed && { managed }),
    ...(source === 'kafka' && { kafka: readKafka(context) }),
  };
  refuseContradictions(settings, context);
  return settings;
}

/**
 * Reads which techniques are deployed: their names with commas between them.
 *
 * @returns in the order of the list of techniques
 * @throws {SettingsError} for a name that there is not, one that comes twice, or none at all
 */
function readTechniques({ techniques: value }: Context): readonly Technique[] {
  if (value === undefined) return techniques;
  const names = typeof value === 'string' ? value.split(',') : [];
  const known = techniques.filter((technique) => names.includes(technique));
  if (known.length > 0 && known.length === names.length) return known;
  throw new SettingsError(
    `techniques must be some of ${techniques.join(',')}, each once, not ${JSON.stringify(value)}.`,
  );
}

const clusterArn = /^arn:[\w-]+:kafka:[\w-]+:\d{12}:cluster\/[\w-]+\/[\w-]+$/;
const topicName = /^[\w.-]{1,249}$/;

/**
 * Reads where the topic is.
 *
 * @throws {SettingsError} when it is not said, or not rightly
 */
function readKafka(context: Context): KafkaSettings {
  const { kafkaCluster, kafkaTopic } = context;
  if (typeof kafkaCluster !== 'string' || !clusterArn.test(kafkaCluster)) {
    throw new SettingsError(
      `source=kafka needs kafkaCluster, the ARN of an MSK cluster (arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID), not ${shown(kafkaCluster)}.`,
    );
  }
  if (typeof kafkaTopic !== 'string' || !topicName.test(kafkaTopic)) {
    throw new SettingsError(
      `source=kafka needs kafkaTopic, the name of a topic of that cluster, not ${shown(kafkaTopic)}.`,
    );
  }
  const pollers = readNumber(context, 'kafkaPollers', { min: 1, max: 2000 }) ?? 1;
  return { clusterArn: kafkaCluster, topic: kafkaTopic, pollers };
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/**
 * Reads whether the functions run on Lambda Managed Instances, and in which network.
 *
 * @returns nothing when they do not
 * @throws {SettingsError} when the network is not said, or not rightly
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CapacityProviderVpcConfig.html
 */
function readManaged(context: Context): ManagedInstancesSettings | undefined {
  const { managedInstances } = context;
  // In cdk.json it is no text.
  const wish = typeof managedInstances === 'boolean' ? String(managedInstances) : managedInstances;
  if (readChoice({ managedInstances: wish }, 'managedInstances', ['false', 'true']) === 'false')
    return undefined;
  return {
    subnets: readIds(context, 'subnets', /^subnet-[0-9a-f]+$/, 16),
    securityGroups: readIds(context, 'securityGroups', /^sg-[0-9a-f]+$/, 5),
  };
}

function readIds(context: Context, name: string, id: RegExp, max: number): readonly string[] {
  const value = context[name];
  const ids = typeof value === 'string' ? value.split(',') : [];
  if (ids.length > 0 && ids.length <= max && ids.every((each) => id.test(each))) return ids;
  throw new SettingsError(
    `managedInstances=true needs ${name}, 1 to ${max} ids of a network of yours that reaches CloudWatch, with commas between them, not ${value === undefined ? 'nothing' : JSON.stringify(value)}.`,
  );
}
