// Required before the runtime of a served function, in its process and in each thread of it: AWS SDKs before 2023-11, and
// SDK v2, ignore the variable AWS_ENDPOINT_URL, and would call AWS itself.

const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const { connectionOptions } = require('./block-metadata.cjs');
const { replaceTls } = require('./plain-tls.cjs');

/** @typedef {import('./block-metadata.cjs').Options} Options */

const endpoint = new URL(process.env['PARALLEL_LAMBDA_AWS'] ?? '');
/** Services by the first part of their hosts. Without any, all are redirected. */
const services = endpoint.searchParams.getAll('service');

/** Hosts of services, such as `sns.us-east-1.amazonaws.com`, and not those of resources. @param {Options} options */
function isService({ host }) {
  const [, service] = /^([a-z][\w-]*)(?:\.[a-z]+(?:-[a-z]+)+-\d)?\.amazonaws\.com$/i.exec(host ?? '') ?? [];
  return service !== undefined && (services.length === 0 || services.includes(service));
}

const { connect } = net.Socket.prototype;

/** @param {any[]} parameters @this {import('node:net').Socket} */
function redirected(...parameters) {
  const [options, callback] = connectionOptions(parameters);
  if (!isService(options)) return Reflect.apply(connect, this, parameters);
  const to = { ...options, host: endpoint.hostname, port: Number(endpoint.port), lookup: undefined };
  return Reflect.apply(connect, this, [to, ...(callback ? [callback] : [])]);
}

net.Socket.prototype.connect = /** @type {any} */ (redirected);
replaceTls(isService);
syncBuiltinESMExports();
