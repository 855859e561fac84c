const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const { connectionOptions } = require('../block-metadata.cjs');
const { replaceTls } = require('../plain-tls.cjs');

/** @typedef {{ readonly host: string, readonly port: number }} Address */

/** Ports on which this process itself listens. @type {Set<number>} */
const own = new Set();

/**
 * Makes every connection of this thread one to the lab. Its first line says where it would have gone. What would be
 * encrypted is not, so that the lab can read it.
 *
 * @param {Address} lab
 * @returns {() => import('node:net').Socket} connects to the lab itself
 */
function redirectConnections(lab) {
  const { connect } = net.Socket.prototype;
  /** @param {any[]} parameters @this {import('node:net').Socket} */
  function redirected(...parameters) {
    const [options, callback] = connectionOptions(parameters);
    if (isLocal(options)) return Reflect.apply(connect, this, parameters);
    const to = { ...options, ...lab, lookup: undefined, localAddress: undefined, localPort: undefined };
    Reflect.apply(connect, this, [to, ...(callback ? [callback] : [])]);
    const target = {
      host: options.host ?? 'localhost',
      port: Number(options.port),
      tls: encrypted.has(this),
    };
    if (!this.destroyed) this.write(`${JSON.stringify({ target })}\n`);
    return this;
  }
  net.Socket.prototype.connect = /** @type {any} */ (redirected);
  watchServers();
  const encrypted = replaceTls(() => true);
  syncBuiltinESMExports();
  return () => Reflect.apply(connect, new net.Socket(), [lab]);
}

/** The Runtime API, sockets of the file system, and servers of this process are not services. @param {import('../block-metadata.cjs').Options} options */
function isLocal({ path, host = 'localhost', port }) {
  if (path) return true;
  if (!['127.0.0.1', 'localhost', '::1'].includes(host)) return false;
  return own.has(Number(port)) || process.env['AWS_LAMBDA_RUNTIME_API'] === `127.0.0.1:${port}`;
}

function watchServers() {
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = /** @type {any} */ (
    /** @param {any[]} parameters @this {import('node:net').Server} */
    function watched(...parameters) {
      this.once('listening', () => {
        const address = this.address();
        if (address && typeof address === 'object') own.add(address.port);
      });
      return Reflect.apply(listen, this, parameters);
    }
  );
}

module.exports = { redirectConnections };
