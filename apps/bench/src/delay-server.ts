/** Answers `/200` after 200 ms, in its own process, so that it shares no event loop with the measurement. */
import { createServer } from 'node:http';

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  setTimeout(() => response.end('ok'), Number(request.url?.slice(1)));
});
server.listen(0, '127.0.0.1', () => {
  process.send?.(server.address());
});
process.once('disconnect', () => process.exit());
