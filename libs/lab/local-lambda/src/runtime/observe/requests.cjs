const { subscribe } = require('node:diagnostics_channel');

/** Returns whether a request is over: answered to its end, failed or cancelled. @type {Set<() => boolean>} */
const requests = new Set();

/** Counts from now on the requests of this thread, also those that wait in an agent for a connection. */
function watchRequests() {
  subscribe('undici:request:create', (message) => {
    const { request } = /** @type {{ request: Record<string, unknown> }} */ (message);
    requests.add(() => request['completed'] === true || request['aborted'] === true);
  });
  subscribe('http.client.request.created', (message) => {
    const { request } = /** @type {{ request: import('node:http').ClientRequest & { res?: any } }} */ (
      message
    );
    requests.add(() => request.destroyed || request.res?.complete === true);
  });
}

function openRequests() {
  for (const isOver of requests) if (isOver()) requests.delete(isOver);
  return requests.size;
}

module.exports = { watchRequests, openRequests };
