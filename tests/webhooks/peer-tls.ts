import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Certificate and key of a peer, which are for this machine, signed by the authority of its organisation. */
export function tlsOfPeer(authority: string): { key: string; cert: string } {
  const peers = join(dirname(authority), '..', 'peers');
  const [host = ''] = readdirSync(peers);
  const read = (name: string): string => readFileSync(join(peers, host, 'tls', name), 'utf8');
  return { key: read('server.key'), cert: read('server.crt') };
}
