import type { IStream, IStreamConsumer } from 'aws-cdk-lib/aws-kinesis';
import { KinesisConsumerEventSource, KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';

import type { BatchSource } from '../bound-source.ts';
import { boundStream, deliveryFailures, iteratorAge, streamMapping, type StreamProps } from './stream.ts';

/**
 * Reads a Kinesis stream from its beginning, in batches of up to 100 records gathered for at most one second. A batch
 * that fails is halved; a record that failed five times becomes a dead letter.
 *
 * @param stream a stream, or a consumer with enhanced fan-out
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export function kinesisSource(stream: IStream | IStreamConsumer, props: StreamProps = {}): BatchSource {
  return {
    bind: (scope, target) => {
      const { deadLetterQueue, mapping } = streamMapping(scope, props);
      const source =
        'streamConsumerArn' in stream
          ? new KinesisConsumerEventSource(stream, mapping)
          : new KinesisEventSource(stream, mapping);
      target.addEventSource(source);
      return boundStream(scope, source, {
        deadLetterQueue,
        lag: iteratorAge(target),
        lost: deliveryFailures(target),
      });
    },
  };
}
