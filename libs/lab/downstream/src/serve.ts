import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { seededRandom } from '@parallel-lambda/event-sources';

import type { ServiceModel } from './service-model.ts';
import { Service, type Clock } from './service.ts';

/** A service that is served over HTTP on this machine. Disposing closes it. */
export interface DownstreamService extends AsyncDisposable {
  readonly url: string;
}

const realClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    setTimeout(run, ms);
  },
};

/** Serves a model over HTTP: it answers every request, with any method, path and body. */
export async function serveDownstream(model: ServiceModel): Promise<DownstreamService> {
  const service = new Service(model, realClock, seededRandom(1));
  // Longer than the pauses between samples, so that a warm function keeps its connections.
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume();
    service.request((status) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
