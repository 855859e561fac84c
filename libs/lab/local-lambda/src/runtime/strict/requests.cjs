const { AsyncLocalStorage } = require('node:async_hooks');
const { subscribe } = require('node:diagnostics_channel');

const { here, placeOf } = require('./place.cjs');

/**
 * @typedef {{ readonly what: string, readonly isOver: () => boolean, readonly startedAt: bigint,
 *   readonly origin: import('./place.cjs').Origin }} Request
 */

/** @type {Set<Request>} */
const requests = new Set();

/** Where `fetch` was called: its request is made later. @type {AsyncLocalStorage<import('./place.cjs').Origin>} */
const callers = new AsyncLocalStorage();

/** Notices from now on which HTTP requests this thread makes, by `fetch`, undici or `node:http`. */
function watchRequests() {
  const { fetch } = globalThis;
  globalThis.fetch = (...parameters) => callers.run(here(), () => fetch(...parameters));
  subscribe('undici:request:create', (message) => {
    const { request } = /** @type {{ request: Record<string, unknown> }} */ (message);
    const what = `a request: ${String(request['method'])} ${String(request['origin'])}${String(request['path'])}`;
    add(what, () => request['completed'] === true || request['aborted'] === true);
  });
  subscribe('http.client.request.created', (message) => {
    const { request } = /** @type {{ request: import('node:http').ClientRequest & { res?: unknown } }} */ (
      message
    );
    const what = `a request: ${request.method} ${request.protocol}//${String(request.getHeader('host'))}${request.path}`;
    add(what, () => {
      const response = /** @type {import('node:http').IncomingMessage | undefined} */ (request.res);
      return request.destroyed || response?.complete === true;
    });
  });
}

/**
 * @param {string} what
 * @param {() => boolean} isOver
 */
function add(what, isOver) {
  requests.add({ what, isOver, startedAt: process.hrtime.bigint(), origin: callers.getStore() ?? here() });
}

/**
 * Those that have no response yet, or none that was read to its end.
 *
 * @param {bigint} since
 * @returns {import('./open-work.cjs').Leak[]}
 */
function requestsSince(since) {
  for (const request of requests) if (request.isOver()) requests.delete(request);
  return [...requests].flatMap(({ what, startedAt, origin }) => {
    const where = placeOf(origin);
    return startedAt < since || where === undefined ? [] : [{ what, where }];
  });
}

module.exports = { watchRequests, requestsSince };
