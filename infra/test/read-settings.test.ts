import { describe, expect, it } from 'vitest';

import cdk from '../cdk.json' with { type: 'json' };
import { readSettings } from '../src/settings/read-settings.ts';
import { SettingsError } from '../src/settings/read-values.ts';
import { techniques } from '../src/techniques.ts';
import { kafka, managed } from './contexts.ts';

describe('the settings', () => {
  it('have defaults', () => {
    expect(readSettings(cdk.context)).toEqual({
      stackName: 'ParallelLambda',
      tags: {},
      runtime: 'nodejs24.x',
      source: 'sqs',
      techniques,
      memory: 3008,
      timeout: 30,
      architecture: 'arm64',
      batchSize: 100,
      window: 1,
      concurrency: 3,
      removalPolicy: 'destroy',
      logFormat: 'json',
      metrics: 'on',
      tracing: 'off',
      parking: 'off',
    });
  });

  it('of a FIFO queue have no window', () => {
    expect(readSettings({ source: 'fifo' })).toMatchObject({ batchSize: 10, window: 0, concurrency: 3 });
  });

  it('have no concurrency for a topic, which has its partitions', () => {
    expect(readSettings({ source: 'kafka', ...kafka })).not.toHaveProperty('concurrency');
  });

  it('are text or numbers', () => {
    expect(readSettings({ memory: '1769', timeout: 60 })).toMatchObject({ memory: 1769, timeout: 60 });
  });

  it('name the techniques in any order', () => {
    expect(readSettings({ techniques: 'effect-fibers,promises' }).techniques).toEqual([
      'promises',
      'effect-fibers',
    ]);
  });

  it('take adaptive workers', () => {
    expect(readSettings({ workers: 'adaptive', threads: 4 })).toMatchObject({
      workers: 'adaptive',
      threads: 4,
    });
    expect(() => readSettings({ workers: 'adaptively' })).toThrow(
      'workers must be a whole number from 1 to 10000',
    );
  });

  it.each([
    ['memory', 128, 10_240],
    ['timeout', 1, 900],
    ['workers', 1, 10_000],
    ['threads', 1, 64],
    ['batchSize', 1, 10_000],
    ['window', 0, 300],
    ['concurrency', 2, 1000],
  ])('take %s from %d to %d', (name, min, max) => {
    const others = { batchSize: 10, [name]: min };
    expect(readSettings(others)).toHaveProperty(name, min);
    expect(readSettings({ [name]: max })).toHaveProperty(name, max);
    for (const value of [min - 1, max + 1, min + 0.5, 'many', '', '1e2', null, true]) {
      expect(() => readSettings({ [name]: value })).toThrow(
        new SettingsError(
          `${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(value)}.`,
        ),
      );
    }
  });

  it.each([
    [{ source: 'sns' }, 'source must be sqs or fifo or kinesis or dynamodb or kafka, not "sns".'],
    [{ architecture: 'arm' }, 'architecture must be arm64 or x86_64, not "arm".'],
    [{ removalPolicy: 'keep' }, 'removalPolicy must be destroy or retain, not "keep".'],
    [{ logFormat: 'JSON' }, 'logFormat must be json or text, not "JSON".'],
    [{ metrics: 'false' }, 'metrics must be on or off, not "false".'],
    [{ tracing: 'true' }, 'tracing must be off or on, not "true".'],
    [{ source: 'fifo', batchSize: 11 }, 'batchSize must be a whole number from 1 to 10, not 11.'],
    [{ source: 'fifo', window: 1 }, 'window must be 0, not 1.'],
    [{ source: 'kinesis', concurrency: 11 }, 'concurrency must be a whole number from 1 to 10, not 11.'],
    [
      { techniques: 'promises,promises' },
      /^techniques must be some of .*, each once, not "promises,promises"\.$/,
    ],
    [{ techniques: 'threads' }, /^techniques must be some of promises,worker-threads,effect-fibers/],
    [{ techniques: '' }, /^techniques must be some of/],
    [{ source: 'kafka' }, /needs kafkaCluster, the ARN of an MSK cluster .*, not nothing\.$/],
    [{ source: 'kafka', ...kafka, kafkaCluster: 'orders' }, /needs kafkaCluster, .*, not "orders"\.$/],
    [{ source: 'kafka', ...kafka, kafkaTopic: 'a b' }, /needs kafkaTopic, .*, not "a b"\.$/],
    [{ source: 'kafka', ...kafka, kafkaTopic: 't' }, /needs kafkaTopic, .* 2 to 249 characters, not "t"\.$/],
    [{ source: 'kafka', ...kafka, kafkaTopic: '.t' }, /needs kafkaTopic, .*, not "\.t"\.$/],
    [{ source: 'kafka', ...kafka, kafkaSchemaRegistry: 'r' }, /^kafkaSchemaRegistry must be the ARN/],
    [{ source: 'kafka', ...kafka, kafkaPollerGroup: 'a b' }, /^kafkaPollerGroup must be a name/],
    [
      { source: 'kafka', ...kafka, pollers: '0..2' },
      /^pollers must be MIN\.\.MAX, with a minimum from 1 to 200/,
    ],
    [
      { pollers: '1..20' },
      /^pollers must be MIN\.\.MAX, with a minimum from 2 to 200 and a maximum up to 10000/,
    ],
    [{ pollers: '2..10001' }, /not "2\.\.10001"\.$/],
    [{ pollers: '201..300' }, /not "201\.\.300"\.$/],
    [{ pollers: '20..2' }, /not "20\.\.2"\.$/],
    [{ pollers: '20' }, /not "20"\.$/],
    [{ pollers: 20 }, /not 20\.$/],
    [{ runtime: 'nodejs20.x' }, 'runtime must be nodejs24.x or nodejs22.x, not "nodejs20.x".'],
    [{ stackName: '1st' }, /^stackName must be a letter .*, not "1st"\.$/],
    [{ tags: 'team' }, /^tags must be NAME=VALUE pairs, .*, not "team"\.$/],
    [{ tags: 'aws:team=a' }, /^tags must be NAME=VALUE pairs/],
    [{ alarmTopic: 'alarms' }, /^alarmTopic must be the ARN of an SNS topic .*, not "alarms"\.$/],
    [{ managedInstances: 'yes' }, 'managedInstances must be false or true, not "yes".'],
    [{ managedInstances: 'true' }, /^subnets must be 1 to 16 ids .*, not nothing\.$/],
    [{ ...managed, subnets: 'vpc-1' }, /^subnets must be 1 to 16 ids .*, not "vpc-1"\.$/],
    [{ ...managed, securityGroups: 'sg-0c3' }, /^securityGroups must be 1 to 5 ids .*, not "sg-0c3"\.$/],
    [{ ...managed, securityGroups: '' }, /^securityGroups must be 1 to 5 ids .*, not ""\.$/],
    [{ ...managed, instanceTypes: 'large' }, /^instanceTypes must be 1 to 50 types, .*, not "large"\.$/],
    [{ ...managed, memory: 1769 }, 'memory must be a whole number from 2048 to 32768, not 1769.'],
    [{ ...managed, timeout: 5401 }, 'timeout must be a whole number from 1 to 5400, not 5401.'],
    [{ ...managed, perEnvironment: 1601 }, 'perEnvironment must be a whole number from 1 to 1600, not 1601.'],
    [
      { ...managed, maxVcpus: 17 },
      /^maxVcpus=17 is too few: the minimum of 9 environments with 4096 MB needs 18/,
    ],
    [{ ...managed, maxEnvironments: 2 }, /^maxEnvironments=2 is less than minEnvironments, 3\./],
    [{ memroy: 1769 }, /^Unknown setting memroy\. Did you mean memory\?$/],
    [{ batchsize: 10 }, /Did you mean batchSize\?$/],
    [{ poller: '2..10' }, /Did you mean pollers\?$/],
    [{ technique: 'promises' }, /Did you mean techniques\?$/],
    [{ colour: 'red' }, /^Unknown setting colour\. The settings are stackName, tags, source, /],
  ])('refuse %j', (context, message) => {
    expect(() => readSettings(context)).toThrow(message);
  });

  it.each([
    [{ batchSize: 11, window: 0 }, 'A batch of 11 messages needs a window of at least 1 second, not 0'],
    [{ threads: 2, techniques: 'promises' }, 'threads=2 is for worker-threads, which is not in techniques.'],
    [{ threads: 4, workers: 3 }, 'threads=4 is more than workers=3, which the threads share.'],
    [{ source: 'kafka', ...kafka, concurrency: 5 }, 'source=kafka does not support concurrency'],
    [{ pollers: '2..20', concurrency: 5 }, 'pollers excludes concurrency'],
    [
      { source: 'kinesis', pollers: '2..20' },
      'pollers is for sqs, fifo and kafka, but the source is kinesis.',
    ],
    [{ ...managed, logFormat: 'text' }, 'managedInstances=true does not support logFormat=text'],
    [{ subnets: managed.subnets }, 'subnets is for managedInstances=true'],
    [{ perEnvironment: 64 }, 'perEnvironment is for managedInstances=true'],
    [{ timeout: 901 }, 'timeout must be a whole number from 1 to 900, not 901.'],
    [{ kafkaTopic: 'orders' }, 'kafkaTopic is for source=kafka, but the source is sqs.'],
  ])('refuse %j, which contradict each other', (context, message) => {
    expect(() => readSettings(context)).toThrow(message);
  });
});

describe('the stack name', () => {
  it('has the source at its end, so that a deployment without it never replaces the streams', () => {
    expect(readSettings({}).stackName).toBe('ParallelLambda');
    expect(readSettings({ source: 'kinesis' }).stackName).toBe('ParallelLambda-kinesis');
    expect(readSettings({ source: 'fifo', stackName: 'Beta' }).stackName).toBe('Beta-fifo');
  });
});

describe('provisioned pollers', () => {
  it('replace the concurrency', () => {
    const settings = readSettings({ pollers: '2..20' });
    expect(settings.pollers).toEqual({ minimumPollers: 2, maximumPollers: 20 });
    expect(settings).not.toHaveProperty('concurrency');
  });

  it('of Kafka can be in a group', () => {
    const settings = readSettings({ source: 'kafka', ...kafka, kafkaPollerGroup: 'orders' });
    expect(settings.pollers).toEqual({ minimumPollers: 1, maximumPollers: 1, pollerGroupName: 'orders' });
  });
});

describe('the cost of Managed Instances', () => {
  it('is limited to twice the vCPUs of the minimum environments', () => {
    expect(readSettings(managed).managed?.maxVcpus).toBe(2 * 3 * 3 * 2);
    expect(readSettings({ ...managed, techniques: 'promises', minEnvironments: 1 }).managed?.maxVcpus).toBe(
      4,
    );
  });
});

it('tags are pairs', () => {
  expect(readSettings({ tags: 'team=orders,stage=beta' }).tags).toEqual({ team: 'orders', stage: 'beta' });
});
