const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');
const tls = require('node:tls');

const { connectionOptions } = require('../block-metadata.cjs');

/** @typedef {{ readonly host: string, readonly port: number }} Address */

/** Sockets whose user believes that they are encrypted. @type {WeakSet<import('node:net').Socket>} */
const encrypted = new WeakSet();

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
  replaceTls();
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

function replaceTls() {
  const { connect } = tls;
  const plain = /** @param {any[]} parameters */ (...parameters) => {
    const [first, callback] = connectionOptions(parameters);
    const more = parameters.slice(1, 3).find((each) => typeof each === 'object' && each !== null);
    const options = { ...first, ...more };
    // What is encrypted later on the same connection is not HTTP: the lab sees where it goes, and no more.
    if (options.socket || options.path) return Reflect.apply(connect, tls, parameters);
    const socket = Object.assign(new net.Socket(), asIfEncrypted);
    encrypted.add(socket);
    if (callback) socket.once('secureConnect', callback);
    socket.once('connect', () => socket.emit('secureConnect'));
    return socket.connect(options);
  };
  tls.connect = /** @type {any} */ (plain);
}

/** What libraries ask a socket of `node:tls`. */
const asIfEncrypted = {
  encrypted: true,
  authorized: true,
  authorizationError: null,
  alpnProtocol: false,
  getCipher: () => ({
    name: 'TLS_AES_128_GCM_SHA256',
    standardName: 'TLS_AES_128_GCM_SHA256',
    version: 'TLSv1.3',
  }),
  getPeerCertificate: () => ({ subject: {}, issuer: {} }),
  getProtocol: () => 'TLSv1.3',
  getSession: () => undefined,
  isSessionReused: () => false,
  setServername: () => undefined,
};

module.exports = { redirectConnections };
