import { expect, it } from 'vitest';

import { MountTable } from '../src/sandbox/mount-table.ts';

const mountInfo = [
  '22 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
  '23 22 254:1 / /home rw,nosuid,nodev,relatime shared:1 - ext4 /dev/vdb rw',
  '24 23 0:30 / /home/dev/my\\040app/node_modules rw,noexec,relatime - overlay overlay rw',
  '25 23 0:31 / /home/developer rw,relatime - overlay overlay rw',
].join('\n');

it('keeps the options of a mount that its namespace may not take away', () => {
  const table = new MountTable('/root', mountInfo);
  table.readOnly('/usr', '/usr');
  table.readOnly('/home/dev/app', '/var/task');
  expect(String(table).split('\n')).toEqual([
    '/usr /root/usr none rbind,ro,relatime',
    '/home/dev/app /root/var/task none rbind,ro,nosuid,nodev,relatime',
    '',
  ]);
});

it('makes what is mounted below a folder read-only too, and escapes what the format reserves', () => {
  const table = new MountTable('/root #1', mountInfo);
  table.readOnly('/home/dev/my app', '/var/task');
  expect(String(table).split('\n')).toEqual([
    String.raw`/home/dev/my\040app /root\040\0431/var/task none rbind,ro,nosuid,nodev,relatime`,
    String.raw`/home/dev/my\040app/node_modules /root\040\0431/var/task/node_modules none rbind,ro,noexec,relatime`,
    '',
  ]);
});

it('takes the mount on top where several are at one place', () => {
  const table = new MountTable('/root', `${mountInfo}\n26 23 0:32 / /home ro,nosuid - tmpfs tmpfs rw`);
  table.readOnly('/home/app', '/var/task');
  expect(String(table)).toBe('/home/app /root/var/task none rbind,ro,nosuid\n');
});

it('does not change writable mounts', () => {
  const table = new MountTable('/root', mountInfo);
  table.writable('/home/dev/tmp', '/tmp');
  expect(String(table)).toBe('/home/dev/tmp /root/tmp none rbind\n');
});
