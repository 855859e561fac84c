import { describe } from '@parallel-lambda/batch/technique';

import { FetchStepError } from '../errors.ts';
import { hostOf, isAddress, isForbiddenAddress, portOf } from './forbidden-address.ts';
import type { StepKind } from './step-kind.ts';

/**
 * GETs a URL and reads the whole body: real network I/O. Redirects are answers other than 2xx: they are not
 * followed, so that none leads where the URL itself must not.
 */
export const fetch: StepKind<string> = {
  name: 'fetch',
  nature: 'waits',
  takes:
    'an http or https URL of at most 2048 characters, without user and password, ' +
    'neither link-local nor the Lambda Runtime API',
  accepts: (argument): argument is string =>
    typeof argument === 'string' && argument.length <= 2048 && isAllowed(argument),
  async run(url, _message, { signal }) {
    await checkName(new URL(url));
    const status = await get(url, signal);
    if (status < 200 || status > 299) {
      throw new FetchStepError(`GET ${url} returned status ${status}, not 2xx`);
    }
  },
};

function isAllowed(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return false;
  const host = hostOf(url);
  return !isAddress(host) || !isForbiddenAddress(host, portOf(url));
}

/**
 * Checks the address of a host name. `fetch` looks it up again, so a name server that changes its
 * answer between the two is not caught: the network's own rules are the place for that.
 */
async function checkName(url: URL): Promise<void> {
  const host = hostOf(url);
  if (isAddress(host)) return;
  const { lookup } = await import('node:dns/promises');
  const addresses = await lookup(host, { all: true }).catch((error: unknown) => {
    throw failure(url.href, error);
  });
  const forbidden = addresses.find(({ address }) => isForbiddenAddress(address, portOf(url)));
  if (forbidden) {
    throw new FetchStepError(`GET ${url.href} is not allowed: ${host} is ${forbidden.address}`);
  }
}

/** @returns the status, once the body has been read: the rest of it would arrive after the message is finished */
async function get(url: string, signal: AbortSignal): Promise<number> {
  try {
    const response = await globalThis.fetch(url, { signal, redirect: 'manual' });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    throw signal.aborted ? error : failure(url, error);
  }
}

function failure(url: string, error: unknown): FetchStepError {
  // The reason is in the cause of what `fetch` throws; an error of several addresses has only a code.
  const reason = error instanceof Error ? (error.cause ?? error) : error;
  const text = reason instanceof Error ? reason.message || (reason as NodeJS.ErrnoException).code : undefined;
  return new FetchStepError(`GET ${url} failed: ${text ?? describe(reason)}`, { cause: error });
}
