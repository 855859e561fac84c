/** A kind of message, and what is to be learned from it. */
export interface Workload {
  readonly name: string;
  readonly messages: number;
  readonly body: unknown;
  /** Why it comes out as it does: true of the kind, whatever was measured. */
  readonly reason: string;
}

/** What shows where each technique shines; one message after another takes at most 3 s. */
export const workloads: readonly Workload[] = [
  {
    name: 'waiting',
    messages: 100,
    body: { wait: 25 },
    reason: 'A message that waits leaves its thread free, so one thread is enough for all of them.',
  },
  {
    name: 'computing',
    messages: 64,
    body: { hash: 7 },
    reason: 'A message that computes holds its thread, so only more threads help, up to the vCPUs.',
  },
  {
    name: 'both',
    messages: 40,
    body: [{ wait: 40 }, { hash: 7 }],
    reason: 'The waiting overlaps in every technique; only threads compute at the same time as well.',
  },
  {
    name: "libuv's threads",
    messages: 32,
    body: { scrypt: 14 },
    reason:
      'Node hands such work (scrypt, zlib, fs) to four threads of its own, so promises use every vCPU too.',
  },
];

/** The batch of the AWS sample that this project grew out of, with the sample's number of workers. */
export const sampleBatch = {
  name: 'the AWS sample',
  messages: 100,
  body: { wait: 200 },
  workers: 4,
  /** One by one: computed, since everyone knows how long it takes. */
  oneByOneMs: 100 * 200,
} as const;
