import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it } from 'vitest';

import { LocalFunction } from '../src/index.ts';
import { definition } from './definition.ts';
import { runtimes } from './runtimes.ts';

/** Metadata of instances and containers, of AWS and other clouds; all but the last have another form of one address. */
const metadata = [
  ...['169.254.169.254', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe'],
  ...['169.254.170.2', '169.254.170.23', 'fd00:ec2::254', 'fd00:ec2::23'],
  ...['fd20:ce::254', '168.63.129.16', '100.100.100.200'],
];

describe.each(runtimes)('a function on $name', ({ options, skip }) => {
  describe.skipIf(skip).for(['here', 'inThread'])('%s', (handler) => {
    const connect = async (event: { readonly hosts: readonly string[]; readonly port: number }) => {
      await using local = new LocalFunction(definition('handlers', `connecting.${handler}`), options);
      return await local.invoke(event);
    };

    it('reaches no metadata of the machine, by fetch, http, net or a name', async () => {
      expect(await connect({ hosts: metadata, port: 80 })).toMatchObject({ payload: ['EHOSTUNREACH'] });
    });

    it('reaches any other address', async () => {
      await using server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      expect(await connect({ hosts: ['127.0.0.1'], port })).toMatchObject({ payload: ['connected'] });
    });
  });
});
