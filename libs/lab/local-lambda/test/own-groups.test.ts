import { describe, expect, it } from 'vitest';

import { ownGroups } from '../src/sandbox/cgroup/own-groups.ts';

const mount = (root: string, point: string, type: string, options: string): string =>
  `32 31 0:29 ${root} ${point} rw,relatime shared:9 - ${type} ${type} rw,${options}`;

describe('the control groups of this process', () => {
  it('are found where each controller of version 1 has a hierarchy', () => {
    const mounts = ['cpu', 'memory'].map((name) => mount('/', `/sys/fs/cgroup/${name}`, 'cgroup', name));
    const groups = ownGroups(mounts.join('\n'), '4:memory:/user/1\n1:cpu:/\n');
    expect(Object.fromEntries(groups.v1)).toEqual({
      cpu: '/sys/fs/cgroup/cpu',
      memory: '/sys/fs/cgroup/memory/user/1',
    });
    expect(groups.v2).toBeUndefined();
  });

  it('are found where several controllers share a hierarchy', () => {
    const mounts = mount('/', '/sys/fs/cgroup/cpu,cpuacct', 'cgroup', 'cpu,cpuacct');
    const { v1 } = ownGroups(mounts, '3:cpu,cpuacct:/a\n');
    expect(v1.get('cpu')).toBe('/sys/fs/cgroup/cpu,cpuacct/a');
  });

  it('are found with version 2, below systemd', () => {
    const scope = '/user.slice/user-1000.slice/user@1000.service/app.slice/run-1.scope';
    expect(ownGroups(mount('/', '/sys/fs/cgroup', 'cgroup2', 'nsdelegate'), `0::${scope}\n`).v2).toEqual({
      root: '/sys/fs/cgroup',
      group: `/sys/fs/cgroup${scope}`,
    });
  });

  it('are found in a container that sees its own group as the root', () => {
    const { v2 } = ownGroups(mount('/docker/1', '/sys/fs/cgroup', 'cgroup2', 'nsdelegate'), '0::/docker/1\n');
    expect(v2).toEqual({ root: '/sys/fs/cgroup', group: '/sys/fs/cgroup' });
  });

  it('are missing where there are none', () => {
    const { v1, v2 } = ownGroups('', '');
    expect([v1.size, v2]).toEqual([0, undefined]);
  });
});
