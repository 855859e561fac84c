const { createHook } = require('node:async_hooks');
const { readFileSync, readlinkSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
const { BroadcastChannel, threadId } = require('node:worker_threads');

const { here, placeOf } = require('./place.cjs');

/**
 * @typedef {import('./open-work.cjs').Leak} Leak
 * @typedef {import('./place.cjs').Origin} Origin
 * @typedef {{ number: string, id: number, before: number }} Asked a thread: the kernel's number, Node's, and how much it
 * had computed, in ms
 */

/** How long the threads have to answer while none of them has the CPU. One that is parked does not, and need not. */
const answerMs = 30;

/** How often it is looked what the threads do. */
const lookMs = 5;

/** A thread computes if it takes so much time of a CPU without ever waiting: one that is about to wait takes less. */
const busyMs = 100;

/** Where CPUs are so scarce that it does not get that much, it is not waited for any longer. */
const longestMs = 1000;

/** The threads that were started, and where. @type {{ thread: { threadId?: number }, origin: Origin }[]} */
const started = [];

/** By the kernel's number, the ids of those that run the function's code. @type {Map<string, number>} */
const running = new Map();

/** Answers the main thread's questions in another thread. @param {(since: bigint) => Leak[]} leaksSince */
function answerInThread(leaksSince) {
  const channel = open();
  channel.onmessage = ({ data }) => {
    if (data.since === undefined) return;
    channel.postMessage({ answer: data.check, from: threadId, leaks: leaksSince(data.since) });
  };
  channel.postMessage({ thread: threadId, number: numberOfThread() });
}

/** Notices from now on which threads the main thread starts. */
function watchThreads() {
  const channel = open();
  createHook({
    init(_, type, __, resource) {
      // It has its id only later.
      if (type === 'WORKER') started.push({ thread: resource, origin: here() });
    },
  }).enable();
  /** @type {Leak[]} */
  let leaks = [];
  let check = 0;
  /** The ids of the threads that have answered. @type {Set<number>} */
  let answered = new Set();
  channel.onmessage = ({ data }) => {
    if (data.thread !== undefined) running.set(data.number, data.thread);
    if (data.answer !== check) return;
    answered.add(data.from);
    leaks.push(...data.leaks);
  };
  /** @param {bigint} since */
  return async (since) => {
    if (started.length === 0) return [];
    leaks = [];
    answered = new Set();
    check += 1;
    const until = Date.now() + longestMs;
    const asked = [...running].map(([number, id]) => ({ number, id, before: statusOf(number).cpuMs }));
    channel.postMessage({ check, since });
    await untilAnswered(asked, answered, until);
    const busy = await busyThreads(asked, until);
    return [...leaks, ...busy];
  };
}

/**
 * Waits until every thread has answered, is parked or computes. On a busy machine a thread that is about to answer may
 * have to wait for a CPU: it is not taken for one that is parked.
 *
 * @param {Asked[]} asked
 * @param {Set<number>} answered the ids of those that have
 * @param {number} until
 */
async function untilAnswered(asked, answered, until) {
  for (let restedMs = 0; restedMs < answerMs && Date.now() < until; restedMs += lookMs) {
    await sleep(lookMs);
    const isComing = asked.some(({ number, id, before }) => {
      const { state, cpuMs } = statusOf(number);
      return !answered.has(id) && (state === 'R' || state === 'D') && cpuMs - before < busyMs;
    });
    if (isComing) restedMs = -lookMs;
  }
}

/**
 * The threads that compute, by the kernel's word.
 *
 * @param {Asked[]} asked
 * @param {number} until
 * @returns {Promise<Leak[]>}
 */
async function busyThreads(asked, until) {
  let busy = asked;
  while (busy.length > 0) {
    busy = busy.filter(({ number }) => statusOf(number).state === 'R');
    if (busy.every(({ number, before }) => statusOf(number).cpuMs - before >= busyMs)) break;
    if (Date.now() >= until) break;
    await sleep(lookMs);
  }
  // Those that have just come to wait have answered by then.
  await sleep(lookMs);
  return busy.map(({ id }) => {
    const origin = started.find(({ thread }) => thread.threadId === id)?.origin;
    const where = origin && placeOf(origin);
    return { what: 'a thread that computes', ...(where !== undefined && { where }) };
  });
}

/** What a thread does (`R`: it computes or wants to), and how much it has computed. @param {string} number */
function statusOf(number) {
  try {
    const status = readFileSync(`/proc/self/task/${number}/stat`, 'latin1');
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    // In hundredths of a second.
    return { state: fields[0], cpuMs: 10 * (Number(fields[11]) + Number(fields[12])) };
  } catch {
    // It has ended; or there is no such file, as elsewhere than on Linux.
    return { state: undefined, cpuMs: 0 };
  }
}

function numberOfThread() {
  try {
    return readlinkSync('/proc/thread-self').split('/').at(-1);
  } catch {
    return undefined;
  }
}

/** @returns {BroadcastChannel & { onmessage: (message: { data: any }) => void }} */
function open() {
  const channel = new BroadcastChannel('parallel-lambda strict');
  channel.unref();
  return /** @type {any} */ (channel);
}

module.exports = { answerInThread, watchThreads };
