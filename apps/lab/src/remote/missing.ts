import { RemoteError } from './remote-error.ts';

/**
 * That something of the stack was deleted by hand. CloudFormation does not look whether what it made is still there.
 *
 * @param what as a sentence begins: `The queue of promises, https://…,`
 */
export function missing(what: string, { cause }: RemoteError): RemoteError {
  const sentence =
    `${what} was deleted by hand: destroy the stack (npx nx destroy infra) and deploy it again ` +
    '(npx nx deploy infra); a deployment alone does not make it again.';
  return new RemoteError('missing', sentence, { cause });
}
