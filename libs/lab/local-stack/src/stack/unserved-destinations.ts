import type { AsynchronousDefinition } from './asynchronous-definition.ts';
import type { MappingDefinition } from './mapping-definition.ts';

/** Mappings and functions with destinations. */
interface Sources {
  readonly mappings: readonly MappingDefinition[];
  readonly asynchronous: readonly AsynchronousDefinition[];
}

/**
 * Returns a sentence for each destination of failed or finished events that is not served.
 *
 * @param isServed returns whether an ARN is that of a queue, topic or function that is served
 */
export function unservedDestinations(
  { mappings, asynchronous }: Sources,
  isServed: (arn: string) => boolean,
): readonly string[] {
  const destinations = [
    ...mappings.map(({ logicalId, onFailure }) => [logicalId, 'on-failure destination', onFailure] as const),
    ...asynchronous.flatMap(({ functionName, onSuccess, onFailure, deadLetters }) => [
      [functionName, 'on-success destination', onSuccess] as const,
      [functionName, 'on-failure destination', onFailure] as const,
      [functionName, 'dead-letter queue', deadLetters] as const,
    ]),
  ];
  return destinations.flatMap(([of, what, arn]) =>
    arn === undefined || isServed(arn) ? [] : [`${of}: its ${what} is not served here: ${arn}`],
  );
}
