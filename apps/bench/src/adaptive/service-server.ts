/** Serves the model that the parent names, in its own process, so that it shares no event loop with the function. */
import { createServer, type ServerResponse } from 'node:http';

import { services, type ServiceModel } from './services.ts';

interface State {
  readonly model: ServiceModel;
  readonly startedMs: number;
  working: number;
  readonly queue: ServerResponse[];
}

let state: State | undefined;

const server = createServer({ keepAliveTimeout: 60_000 }, (_, response) => {
  if (!state) {
    response.writeHead(503).end();
    return;
  }
  const { model, queue } = state;
  if (state.working < capacityOf(state)) serve(state, response);
  else if (queue.length < (model.maxQueue ?? Infinity)) queue.push(response);
  else response.writeHead(429).end();
});

function capacityOf({ model, startedMs }: State): number {
  return model.capacity?.(Date.now() - startedMs) ?? Infinity;
}

function serve(current: State, response: ServerResponse): void {
  const { model, queue } = current;
  current.working += 1;
  const noise = model.noise?.() ?? 0.7 + 0.6 * Math.random();
  setTimeout(
    () => {
      current.working -= 1;
      response.end('ok');
      while (current.working < capacityOf(current)) {
        const next = queue.shift();
        if (!next) return;
        serve(current, next);
      }
    },
    model.latencyMs(current.working) * noise,
  );
}

process.on('message', (name: string) => {
  const model = services.find((one) => one.name === name);
  state = model && { model, startedMs: Date.now(), working: 0, queue: [] };
  process.send?.('ready');
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.once('disconnect', () => process.exit());
