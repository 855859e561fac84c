import { describe, expect, it } from 'vitest';

import cdk from '../cdk.json' with { type: 'json' };
import { readSettings } from '../src/settings/read-settings.ts';
import { SettingsError } from '../src/settings/read-values.ts';
import { techniques } from '../src/techniques.ts';
import { kafka, managed } from './contexts.ts';

describe('the settings', () => {
  it('are these when nothing is said', () => {
    expect(readSettings(cdk.context)).toEqual({
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
    });
  });

  it('are those of a FIFO queue, which gathers nothing', () => {
    expect(readSettings({ source: 'fifo' })).toMatchObject({ batchSize: 10, window: 0, concurrency: 3 });
  });

  it('leave the concurrency to the partitions of a topic', () => {
    expect(readSettings({ source: 'kafka', ...kafka })).not.toHaveProperty('concurrency');
  });

  it('are text or numbers, as they come', () => {
    expect(readSettings({ memory: '1769', timeout: 60 })).toMatchObject({ memory: 1769, timeout: 60 });
  });

  it('name the techniques in any order and deploy them in ours', () => {
    expect(readSettings({ techniques: 'effect-fibers,promises' }).techniques).toEqual([
      'promises',
      'effect-fibers',
    ]);
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
    [{ source: 'kafka', ...kafka, kafkaPollers: 0 }, /^kafkaPollers must be a whole number from 1 to 2000/],
    [{ managedInstances: 'yes' }, 'managedInstances must be false or true, not "yes".'],
    [{ managedInstances: 'true' }, /^managedInstances=true needs subnets, 1 to 16 ids .*, not nothing\.$/],
    [{ ...managed, subnets: 'vpc-1' }, /^managedInstances=true needs subnets, .*, not "vpc-1"\.$/],
    [
      { ...managed, securityGroups: '' },
      /^managedInstances=true needs securityGroups, 1 to 5 ids .*, not ""\.$/,
    ],
    [{ ...managed, memory: 1769 }, 'memory must be a whole number from 2048 to 32768, not 1769.'],
    [{ memroy: 1769 }, /^There is no setting memroy; there are: source, techniques, memory, /],
  ])('refuse %j', (context, message) => {
    expect(() => readSettings(context)).toThrow(message);
  });

  it.each([
    [{ batchSize: 11, window: 0 }, 'A batch of 11 messages needs a window of at least 1 second, not 0'],
    [{ threads: 2, techniques: 'promises' }, 'threads=2 is for worker-threads, which techniques leaves out.'],
    [{ threads: 4, workers: 3 }, 'threads=4 is more than workers=3, which they divide among them.'],
    [{ source: 'kafka', ...kafka, concurrency: 5 }, 'source=kafka takes no concurrency'],
    [{ ...managed, logFormat: 'text' }, 'managedInstances=true takes no logFormat=text'],
    [{ subnets: managed.subnets }, 'subnets is for managedInstances=true'],
    [{ kafkaTopic: 'orders' }, 'kafkaTopic is for source=kafka, and the source is sqs.'],
  ])('refuse %j, which contradict each other', (context, message) => {
    expect(() => readSettings(context)).toThrow(message);
  });
});
