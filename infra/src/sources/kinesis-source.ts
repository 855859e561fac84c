import { BatchSource } from '@parallel-lambda/cdk';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';

import type { Settings } from '../settings/settings.ts';
import { removalPolicyOf, type SourceResources } from './source.ts';
import { streamProps } from './stream-props.ts';

/** Creates a Kinesis stream with one shard. */
export function kinesisSource(scope: Construct, settings: Settings): SourceResources {
  const props = streamProps(scope, settings);
  const stream = new Stream(scope, 'Stream', {
    // An idle shard costs a third of an idle on-demand stream.
    streamMode: StreamMode.PROVISIONED,
    shardCount: 1,
    encryption: StreamEncryption.MANAGED,
    removalPolicy: removalPolicyOf(settings),
  });
  return { source: BatchSource.kinesis(stream, props), outputs: { StreamName: stream.streamName } };
}
