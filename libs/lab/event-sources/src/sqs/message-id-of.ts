/**
 * An identifier in the form of SQS's.
 *
 * @param index of the message, from 0
 */
export function messageIdOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
