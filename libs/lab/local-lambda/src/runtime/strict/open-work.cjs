const { createHook } = require('node:async_hooks');

const { here, placeOf } = require('./place.cjs');

/**
 * @typedef {{ readonly what: string, readonly where?: string }} Leak
 * @typedef {{ readonly type: string, readonly resource: Record<string, unknown>, readonly startedAt: bigint,
 *   readonly origin: import('./place.cjs').Origin }} OpenWork
 */

/** What each kind is, in words. Sockets are not among them: an idle connection is kept on purpose. */
const kinds = new Map([
  ['Timeout', 'a timer'],
  ['Immediate', 'an immediate'],
  ['PROCESSWRAP', 'a child process'],
  ['TCPSERVERWRAP', 'a server'],
  ['UDPWRAP', 'a UDP socket'],
  ['FSEVENTWRAP', 'a file watcher'],
  ['STATWATCHER', 'a file watcher'],
  ['FSREQCALLBACK', 'work on a file'],
  ['FSREQPROMISE', 'work on a file'],
  ['GETADDRINFOREQWRAP', 'a look-up of a name'],
  ['TCPCONNECTWRAP', 'a connection that is being made'],
  ['PIPECONNECTWRAP', 'a connection that is being made'],
]);

/** Is over as soon as its callback was called. */
const isRequest = /REQ|CONNECTWRAP/;

/** @type {Map<number, OpenWork>} */
const open = new Map();

/** Notices from now on what this thread starts and what it settles. */
function watchWork() {
  createHook({
    init(id, type, _, resource) {
      if (!kinds.has(type) && !type.endsWith('REQUEST')) return;
      const startedAt = process.hrtime.bigint();
      open.set(id, {
        type,
        resource: /** @type {Record<string, unknown>} */ (resource),
        startedAt,
        origin: here(),
      });
    },
    after(id) {
      const work = open.get(id);
      if (work && isRequest.test(work.type)) open.delete(id);
    },
    destroy(id) {
      open.delete(id);
    },
  }).enable();
}

/**
 * Operations that were started and have not settled.
 *
 * @param {bigint} since
 * @returns {Leak[]}
 */
function workSince(since) {
  return [...open.values()].flatMap((work) => {
    const { startedAt, origin } = work;
    if (startedAt < since || isSettled(work)) return [];
    const where = placeOf(origin);
    return where === undefined ? [] : [{ what: describe(work), where }];
  });
}

/**
 * What needs no settling counts as settled: a timer that keeps no process running is there to tidy up, and what
 * node:crypto does at once has no callback.
 *
 * @param {OpenWork} work
 */
function isSettled({ type, resource }) {
  const { hasRef } = resource;
  if (type === 'Timeout') {
    return (
      resource['_destroyed'] === true || (typeof hasRef === 'function' && hasRef.call(resource) !== true)
    );
  }
  if (type === 'Immediate') return resource['_destroyed'] === true;
  return !kinds.has(type) && resource['ondone'] === undefined;
}

/** @param {OpenWork} work */
function describe({ type, resource }) {
  if (type === 'Timeout') {
    const what = resource['_repeat'] === null ? 'a timer' : 'an interval';
    return `${what} of ${Number(resource['_idleTimeout'])} ms`;
  }
  if (type === 'PROCESSWRAP') return `a child process (${Number(resource['pid'])})`;
  return kinds.get(type) ?? 'work of node:crypto';
}

module.exports = { watchWork, workSince };
