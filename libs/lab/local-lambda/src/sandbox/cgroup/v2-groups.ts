import { accessSync, constants } from 'node:fs';
import path from 'node:path';

import type { Groups } from '../cgroup-sandbox.ts';
import { vcpusOf, type Limits } from '../limits.ts';
import { Group } from './group.ts';
import { limitBy, periodUs, tryToMake } from './limit-by.ts';
import type { OwnGroups } from './own-groups.ts';

const enable = '+cpu +memory';

/**
 * Makes an environment's control group of version 2, and sets its limits. Without root that works where systemd
 * has delegated groups to the user, as it does for what runs below `user@….service`.
 *
 * @param own the group that this process is in
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html
 * @see https://systemd.io/CGROUP_DELEGATION/
 */
export function makeV2Groups(
  own: NonNullable<OwnGroups['v2']>,
  memoryMb: number,
): { readonly groups: Groups; readonly limits: Limits } {
  const made = tryToMake(() => Group.make(delegated(own), enable));
  const limits = {
    cpu: limitBy(made, (group) => {
      group.write('cpu.max', `${Math.round(vcpusOf(memoryMb) * periodUs)} ${periodUs}`);
      return `${vcpusOf(memoryMb).toFixed(2)} vCPU by cgroup v2`;
    }),
    memory: limitBy(made, (group) => {
      group.write('memory.max', memoryMb * 1024 ** 2);
      group.tryToWrite('memory.swap.max', 0);
      // All of it ends, as a sandbox does, and not only the largest of its processes.
      group.tryToWrite('memory.oom.group', 1);
      return `${memoryMb} MB by cgroup v2`;
    }),
  };
  const group = made instanceof Group ? made : undefined;
  return { groups: { all: group ? [group] : [], freezer: group, memory: group, usage: group }, limits };
}

/** The group that this process is in and those that hold it, from the innermost on. */
export function ancestors({ group, root }: NonNullable<OwnGroups['v2']>): string[] {
  const folders = [group];
  for (let folder = group; folder !== root && folder !== path.dirname(folder);) {
    folder = path.dirname(folder);
    folders.push(folder);
  }
  return folders;
}

/**
 * The innermost of them that may hold limited groups: a group that has processes itself may not, and to move one
 * takes the right to write to a group that holds both its old and its new one.
 *
 * @throws when there is none
 */
function delegated(own: NonNullable<OwnGroups['v2']>): string {
  const found = ancestors(own).find((folder) => {
    const group = new Group(folder);
    return isWritable(group) && group.tryToWrite('cgroup.subtree_control', enable);
  });
  if (found !== undefined) return found;
  throw new Error(
    `neither ${own.group} nor its parent group is delegated with the cpu and memory controllers`,
  );
}

function isWritable({ folder }: Group): boolean {
  try {
    for (const place of [folder, path.join(folder, 'cgroup.procs')]) accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
