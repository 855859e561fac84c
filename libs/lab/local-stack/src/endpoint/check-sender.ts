import type { IncomingHttpHeaders } from 'node:http';

import { ServiceError } from './reply.ts';

/** Names of this machine, which no other machine's name server decides about. */
const thisMachine = /^(?:127(?:\.\d{1,3}){3}|(?:[\w-]+\.)*localhost|\[::1\])$/i;

/** Hosts of AWS's services, from which functions are redirected. AWS alone decides about these names. */
const awsService = /^[a-z][\w-]*(?:\.[\w-]+)?\.amazonaws\.com$/i;

/**
 * Refuses requests from a web page of another site: by its own name for this machine (DNS rebinding), or across sites.
 * Programs send no `Origin`.
 *
 * @throws {ServiceError} 403
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function checkSender(headers: IncomingHttpHeaders): void {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  const name = host.replace(/:\d+$/, '');
  if (!thisMachine.test(name) && !awsService.test(name)) {
    throw denied(`The host must be localhost or 127.0.0.1, not ${host || 'missing'}.`);
  }
  if (origin !== undefined && !isThisMachine(origin)) {
    throw denied(
      `The request is from a web page of another site, ${origin}. Only programs on this machine may send requests.`,
    );
  }
  if (site === 'cross-site') {
    throw denied(
      'The request is from a web page of another site. Only programs on this machine may send requests.',
    );
  }
}

function isThisMachine(origin: string): boolean {
  return URL.canParse(origin) && thisMachine.test(new URL(origin).hostname);
}

function denied(sentence: string): ServiceError {
  return new ServiceError(403, 'AccessDeniedException', sentence);
}
