import type { Groups } from '../cgroup-sandbox.ts';
import { vcpusOf, type Limits } from '../limits.ts';
import { Group } from './group.ts';
import { limitBy, periodUs, tryToMake, type Made } from './limit-by.ts';
import type { OwnGroups } from './own-groups.ts';

/** The controllers of version 1 that an environment has a group of. */
export const v1Controllers = ['freezer', 'cpu', 'cpuacct', 'memory'] as const;

/**
 * Makes an environment's control groups of version 1, one a controller, and sets their limits.
 *
 * @param own the groups that this process is in
 * @see https://docs.kernel.org/admin-guide/cgroup-v1/index.html
 */
export function makeV1Groups(
  own: OwnGroups['v1'],
  memoryMb: number,
): { readonly groups: Groups; readonly limits: Limits } {
  const make = (controller: string): Made => {
    const parent = own.get(controller);
    if (parent === undefined) return `this machine has no ${controller} controller of cgroup v1`;
    return tryToMake(() => Group.make(parent));
  };
  const [freezer, cpu, memory] = [make('freezer'), make('cpu'), make('memory')];
  // Mostly one hierarchy holds both.
  const cpuacct = own.get('cpuacct') === own.get('cpu') ? cpu : make('cpuacct');
  const limits = {
    cpu: limitBy(cpu, (group) => {
      group.write('cpu.cfs_period_us', periodUs);
      group.write('cpu.cfs_quota_us', Math.round(vcpusOf(memoryMb) * periodUs));
      return `${vcpusOf(memoryMb).toFixed(2)} vCPU by cgroup v1`;
    }),
    memory: limitBy(memory, (group) => {
      group.write('memory.limit_in_bytes', memoryMb * 1024 ** 2);
      // Where the kernel counts swapped memory.
      group.tryToWrite('memory.memsw.limit_in_bytes', memoryMb * 1024 ** 2);
      return `${memoryMb} MB by cgroup v1`;
    }),
  };
  const groups = {
    all: [...new Set([freezer, cpu, cpuacct, memory])].filter((made) => made instanceof Group),
    freezer: freezer instanceof Group ? freezer : undefined,
    memory: memory instanceof Group ? memory : undefined,
    usage: cpuacct instanceof Group ? cpuacct : undefined,
  };
  return { groups, limits };
}
