/** Serves the model that the parent names, in its own process, so that it shares no event loop with the function. */
import { createServer } from 'node:http';

import { Service, services, type Clock } from '@parallel-lambda/downstream';
import { seededRandom } from '@parallel-lambda/event-sources';

const clock: Clock = {
  now: Date.now,
  after(ms, run) {
    setTimeout(run, ms);
  },
};

let service: Service | undefined;

const server = createServer({ keepAliveTimeout: 60_000 }, (_, response) => {
  const answer = (status: number): void => {
    response.writeHead(status).end();
  };
  if (service) service.request(answer);
  else answer(503);
});

process.on('message', ({ name, seed }: { readonly name: string; readonly seed: number }) => {
  const model = services.find((one) => one.name === name);
  service = model && new Service(model, clock, seededRandom(seed));
  process.send?.('ready');
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.once('disconnect', () => process.exit());
