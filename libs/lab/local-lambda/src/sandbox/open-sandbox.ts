import { availableParallelism } from 'node:os';

import { removeAbandonedGroups } from './cgroup/group.ts';
import { ownGroups } from './cgroup/own-groups.ts';
import { makeV1Groups, v1Controllers } from './cgroup/v1-groups.ts';
import { ancestors, makeV2Groups } from './cgroup/v2-groups.ts';
import { CgroupSandbox, type Groups } from './cgroup-sandbox.ts';
import { vcpusOf, type Limit, type Limits } from './limits.ts';
import type { Sandbox } from './sandbox.ts';
import { SignalledSandbox } from './signalled-sandbox.ts';

/**
 * Opens a sandbox that limits an environment to the CPU time and the memory of its memory size, as far as this
 * machine has writable control groups.
 *
 * @param tmp the environment's `/tmp`, absolute
 */
export function openLimitedSandbox(memoryMb: number, tmp: string): Sandbox {
  const { groups } = openGroups(memoryMb);
  return groups && groups.all.length > 0 ? new CgroupSandbox(groups, tmp) : new SignalledSandbox(tmp);
}

/** Returns the limits that this machine would enforce. */
export function probeLimits(memoryMb: number): Limits {
  const { groups, limits } = openGroups(memoryMb);
  for (const group of groups?.all ?? []) group.remove();
  return { ...limits, cpu: onThisMachine(limits.cpu, memoryMb) };
}

function openGroups(memoryMb: number): { readonly groups?: Groups; readonly limits: Limits } {
  const { v1, v2 } = ownGroups();
  if (v1.has('cpu') || v1.has('memory')) return makeV1Groups(v1, memoryMb);
  if (v2) return makeV2Groups(v2, memoryMb);
  const none: Limit = { enforced: false, how: `there are no control groups here (${process.platform})` };
  return { limits: { cpu: none, memory: none } };
}

/** Removes the groups that processes have left which were killed, and ends what runs in them. */
export function removeAbandonedSandboxes(isLeft: (name: string) => boolean): void {
  const { v1, v2 } = ownGroups();
  const parents = v1Controllers.flatMap((controller) => v1.get(controller) ?? []);
  for (const parent of [...parents, ...(v2 ? ancestors(v2) : [])]) removeAbandonedGroups(parent, isLeft);
}

/** A quota beyond the CPUs of the machine has no effect. */
function onThisMachine(cpu: Limit, memoryMb: number): Limit {
  const there = availableParallelism();
  if (vcpusOf(memoryMb) <= there) return cpu;
  const how = `this machine has ${there} of the ${vcpusOf(memoryMb).toFixed(2)} vCPUs of ${memoryMb} MB`;
  return { enforced: false, how };
}
