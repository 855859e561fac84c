import type { BlockList } from 'node:net';

// Not imported, for that takes 2 ms of every cold start, and few messages fetch.
const net = (): typeof import('node:net') => process.getBuiltinModule('node:net');

/** The addresses that no message may reach, and those of this machine: made at the first fetch. */
let lists: { readonly linkLocal: BlockList; readonly thisMachine: BlockList } | undefined;

function addressLists(): NonNullable<typeof lists> {
  if (lists) return lists;
  const { BlockList } = net();
  // Link-local addresses and the two that AWS gave its instance services in IPv6; mapped forms are included.
  const linkLocal = new BlockList();
  linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
  linkLocal.addSubnet('64:ff9b::169.254.0.0', 112, 'ipv6');
  linkLocal.addSubnet('fe80::', 10, 'ipv6');
  linkLocal.addSubnet('fd00:ec2::', 32, 'ipv6');
  const thisMachine = new BlockList();
  thisMachine.addSubnet('127.0.0.0', 8, 'ipv4');
  thisMachine.addAddress('0.0.0.0', 'ipv4');
  thisMachine.addAddress('::1', 'ipv6');
  thisMachine.addAddress('::', 'ipv6');
  lists = { linkLocal, thisMachine };
  return lists;
}

/**
 * Returns whether messages must not reach an address: credentials and metadata are served at link-local ones, and a
 * request to the Runtime API could answer an invocation in the function's place.
 *
 * @param address an IPv4 or IPv6 address, without brackets
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export function isForbiddenAddress(address: string, port: number): boolean {
  return isIn(addressLists().linkLocal, address) || isRuntimeApi(address, port);
}

/** The Runtime API's own address, by whichever name of this machine it is called. */
function isRuntimeApi(address: string, port: number): boolean {
  const api = URL.parse(`http://${process.env.AWS_LAMBDA_RUNTIME_API ?? ''}`);
  if (!api || portOf(api) !== port) return false;
  return isIn(addressLists().thisMachine, address) || hostOf(api) === address;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, net().isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** The port of an http or https URL, also where it is the default one. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

/** The host of a URL, an IPv6 address without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Returns whether a host is an address rather than a name. */
export function isAddress(host: string): boolean {
  return net().isIP(host) !== 0;
}
