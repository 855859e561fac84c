import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A gate: functions that request its URL wait until it is opened. */
export interface Gate extends AsyncDisposable {
  readonly url: string;
  /**
   * Answers the requests that wait, and from now on every further one immediately.
   *
   * @param path of the requests. @default every path
   */
  readonly open: (path?: string) => void;
}

/** Makes a gate that is closed. Each answer is the number of the request, from 1. */
export async function closedGate(): Promise<Gate> {
  const waiting = new Map<IncomingMessage, ServerResponse>();
  const paths = new Set<string | undefined>();
  let answers = 0;
  const answerOpen = (): void => {
    for (const [request, response] of waiting) {
      if (!paths.has(undefined) && !paths.has(request.url)) continue;
      waiting.delete(request);
      answers += 1;
      response.end(String(answers));
    }
  };
  const server = createServer((request, response) => {
    waiting.set(request, response);
    answerOpen();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open(path) {
      paths.add(path);
      answerOpen();
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}
