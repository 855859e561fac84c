import { answerOf, isAnswer } from './answer-of.ts';
import { LabError } from '@parallel-lambda/local-lambda';

/**
 * The answer to a request about something of the stack. CloudFormation does not look whether what it made is still
 * there, so it may have been deleted by hand.
 *
 * @param what as a sentence begins: `The queue of promises, https://…,`
 * @param gone the errors that say that it was
 * @throws {LabError} `failure`, when it was; else as `answerOf` does
 */
export async function unlessMissing<T>(
  what: string,
  asked: Promise<T>,
  gone: readonly string[] = ['ResourceNotFoundException'],
): Promise<T> {
  try {
    return await answerOf(asked);
  } catch (error) {
    if (!isAnswer(error, ...gone)) throw error;
    const sentence =
      `${what} was deleted by hand: destroy the stack (npx nx destroy infra) and deploy it again ` +
      '(npx nx deploy infra); a deployment alone does not make it again.';
    throw new LabError('failure', sentence, { cause: error.cause });
  }
}
