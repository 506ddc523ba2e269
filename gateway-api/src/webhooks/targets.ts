import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { HuilianError } from '@huilian/core';

/** Special-purpose addresses of IPv4 (IANA registry, RFC 6890), multicast and what is reserved: nothing public is there. */
const notPublic4: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/**
 * IPv6 is public in 2000::/3 alone, less what is set aside in it: protocol assignments with Teredo, documentation, 6to4. Mapped
 * and translated addresses of IPv4 (::ffff:0:0/96, 64:ff9b::/96) lie outside and so lead nowhere.
 */
const public6: readonly string[] = ['2000::/3'];
const notPublic6: readonly string[] = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
const loopback: readonly string[] = ['127.0.0.0/8', '::1/128'];

const longestAddress = 2_048;

/** Raised by the look-up of a name that leads where nothing is delivered. */
export class AddressRefused extends Error {}

/**
 * Where may be delivered to. Owners of webhooks name any address they like, and the gateway stands inside a network that they
 * do not: without this check, a webhook would reach into it (server-side request forgery).
 */
export class Targets {
  readonly #allowed: BlockList;
  readonly #public6 = listOf(public6);
  readonly #notPublic = listOf([...notPublic4, ...notPublic6]);

  /**
   * @param networks in CIDR notation that are allowed though they are private.
   * @param onThisMachine development: this machine too, also without TLS.
   */
  constructor(
    networks: readonly string[],
    private readonly onThisMachine: boolean,
    /** How names are resolved. */
    private readonly resolve: typeof lookup = lookup,
  ) {
    this.#allowed = listOf(onThisMachine ? [...networks, ...loopback] : networks);
  }

  /**
   * Reads an address that an owner gives.
   *
   * @returns its normal form
   * @throws HuilianError HL-4070
   */
  read(text: string): string {
    const reason = this.#objection(text);
    if (reason !== undefined) throw new HuilianError('HL-4070', { reason });
    return new URL(text).href;
  }

  /** Whether a request may begin; a name is looked at once more by {@link lookup}. */
  permits(address: string): boolean {
    return this.#objection(address) === undefined;
  }

  /** Whether a connection to an IP address may be made. */
  allows(address: string): boolean {
    const family = isIP(address);
    // A zone (`fe80::1%eth0`) names an interface of this machine.
    if (family === 0 || address.includes('%')) return false;
    const type = family === 4 ? 'ipv4' : 'ipv6';
    if (this.#allowed.check(address, type)) return true;
    if (type === 'ipv6' && !this.#public6.check(address, type)) return false;
    return !this.#notPublic.check(address, type);
  }

  /**
   * Resolves a name for a connection, which is made to the very addresses that were looked at: a name that answers
   * differently the next time (DNS rebinding) gains nothing. One address that is not allowed refuses the name.
   */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    this.resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) callback(error, []);
      else if (addresses.length === 0 || !addresses.every(({ address }) => this.allows(address)))
        callback(new AddressRefused(), []);
      else if (options.all === true) callback(null, addresses);
      else answerFirst(addresses, callback);
    });
  };

  #objection(text: string): string | undefined {
    if (text.length > longestAddress) return 'too long';
    if (!URL.canParse(text)) return 'not an address';
    const { protocol, username, password, hash, hostname } = new URL(text);
    if (protocol !== 'https:' && !(protocol === 'http:' && this.onThisMachine && isThisMachine(hostname)))
      return 'not https';
    if (username !== '' || password !== '') return 'user or password in it';
    if (hash !== '') return '# in it';
    const literal = withoutBrackets(hostname);
    return isIP(literal) !== 0 && !this.allows(literal) ? 'private network' : undefined;
  }
}

function answerFirst(addresses: readonly LookupAddress[], callback: Parameters<LookupFunction>[2]): void {
  const [first] = addresses;
  if (first !== undefined) callback(null, first.address, first.family);
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** @throws RangeError for what is no network */
function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length = ''] = network.split('/');
    const family = isIP(address);
    const bits = Number(length);
    if (family === 0 || !/^\d{1,3}$/.test(length) || bits > (family === 4 ? 32 : 128))
      throw new RangeError(network);
    list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** Whether a text is a list of networks such as `10.1.0.0/16, fd00::/8`. */
export function areNetworks(networks: readonly string[]): boolean {
  try {
    listOf(networks);
    return true;
  } catch {
    return false;
  }
}
