const { connect } = require('node:net');

/**
 * @typedef {{ readonly headers: ReadonlyMap<string, string>, readonly body: Buffer }} ApiResponse
 * @typedef {{ readonly get: (path: string) => Promise<ApiResponse>,
 *   readonly post: (path: string, body: string, errorType?: string) => Promise<ApiResponse> }} RuntimeApiConnection
 */

/**
 * One connection to the Runtime API, for one request at a time. Written on `node:net` because loading
 * `node:http` doubles the time that Node takes to start, which every figure of INIT would then hold.
 *
 * @param {string} address host and port
 * @returns {RuntimeApiConnection}
 */
function connectRuntimeApi(address) {
  const { hostname: host, port } = new URL(`http://${address}`);
  const socket = connect({ host, port: Number(port), noDelay: true });
  /** @type {PromiseWithResolvers<ApiResponse> | undefined} */
  let request;
  const read = responseReader((response) => {
    // An idle connection holds no process up: nor does it on Lambda, where a function with nothing left to do ends.
    socket.unref();
    request?.resolve(response);
  });
  socket.on('data', read);
  socket.on('error', (error) => request?.reject(error));
  socket.on('close', () => request?.reject(new Error('The Runtime API closed the connection')));

  /** @param {string} head */
  const send = (head, body = '') => {
    request = Promise.withResolvers();
    socket.ref();
    socket.write(`${head}Host: ${address}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    return request.promise;
  };
  return {
    get: (path) => send(`GET /2018-06-01/runtime/${path} HTTP/1.1\r\n`),
    post: (path, body, errorType) => {
      const error = errorType ? `Lambda-Runtime-Function-Error-Type: ${headerValue(errorType)}\r\n` : '';
      const head = `POST /2018-06-01/runtime/${path} HTTP/1.1\r\nContent-Type: application/json\r\n${error}`;
      return send(head, body);
    },
  };
}

/** @param {string} text which a function may have chosen: no line end may leave the header */
function headerValue(text) {
  return text.replaceAll(/[^\x20-\x7e]/g, '?');
}

/**
 * @param {(response: ApiResponse) => void} onResponse
 * @returns {(chunk: Buffer) => void}
 */
function responseReader(onResponse) {
  /** @type {Buffer[]} */
  let chunks = [];
  let size = 0;
  /** @type {Map<string, string> | undefined} */
  let headers;
  return (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    if (!headers) {
      const bytes = Buffer.concat(chunks);
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      headers = readHeaders(bytes.toString('latin1', 0, end));
      chunks = [bytes.subarray(end + 4)];
      size -= end + 4;
    }
    if (size < Number(headers.get('content-length'))) return;
    const response = { headers, body: Buffer.concat(chunks) };
    [chunks, size, headers] = [[], 0, undefined];
    onResponse(response);
  };
}

/** @param {string} head */
function readHeaders(head) {
  const lines = head.split('\r\n').slice(1);
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

module.exports = { connectRuntimeApi };
