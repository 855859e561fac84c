import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The control groups that this process is in, each by its folder. */
export interface OwnGroups {
  /** Groups by controller, such as `cpu`, of version 1. */
  readonly v1: ReadonlyMap<string, string>;
  readonly v2: { readonly group: string; readonly root: string } | undefined;
}

/**
 * Finds the control groups that this process is in.
 *
 * @param mountInfo the content of `/proc/self/mountinfo`; empty where it does not exist, as on macOS
 * @param memberships the content of `/proc/self/cgroup`
 * @see https://man7.org/linux/man-pages/man7/cgroups.7.html
 */
export function ownGroups(
  mountInfo = readIfThere('/proc/self/mountinfo'),
  memberships = readIfThere('/proc/self/cgroup'),
): OwnGroups {
  const v1 = new Map<string, string>();
  let v2: OwnGroups['v2'];
  const paths = new Map(
    [...memberships.matchAll(/^\d+:([^:]*):(.*)$/gm)].map(([, controllers = '', group = '']) => [
      controllers,
      group,
    ]),
  );
  for (const line of mountInfo.split('\n')) {
    const [mount = '', filesystem = ''] = line.split(' - ');
    const [, , , root = '', mountPoint = ''] = mount.split(' ');
    const [type, , options = ''] = filesystem.split(' ');
    if (type === 'cgroup2') {
      v2 = { root: mountPoint, group: folderOf(mountPoint, root, paths.get('') ?? '/') };
    } else if (type === 'cgroup') {
      for (const [controllers, group] of paths) {
        // A hierarchy may hold several controllers: `cpu,cpuacct`.
        if (controllers === '' || !controllers.split(',').every((one) => options.split(',').includes(one))) {
          continue;
        }
        for (const one of controllers.split(',')) v1.set(one, folderOf(mountPoint, root, group));
      }
    }
  }
  return { v1, v2 };
}

/** Returns the group of this process. In a container the mounted root may be the group itself. */
function folderOf(mountPoint: string, root: string, group: string): string {
  return path.join(mountPoint, path.relative(root, group).startsWith('..') ? '' : path.relative(root, group));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
