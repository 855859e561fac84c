// Required before the runtime where a function is observed, in its process and in each thread of it: sends its
// connections to the lab, and answers what the lab asks about this thread.

const { isMainThread } = require('node:worker_threads');

const { redirectConnections } = require('./connections.cjs');
const { answerLab } = require('./answers.cjs');
const { watchVariables } = require('./variables.cjs');

const [host = '127.0.0.1', port] = (process.env['PARALLEL_LAMBDA_OBSERVER'] ?? '').split(':');
const connectToLab = redirectConnections({ host, port: Number(port) });
const lab = answerLab(connectToLab);
if (isMainThread) watchVariables((missing) => lab.write(`${JSON.stringify({ missing })}\n`));
