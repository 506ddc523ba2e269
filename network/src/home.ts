import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the workspace `network` in the checkout. */
export const workspace = fileURLToPath(new URL('..', import.meta.url));

/** The checkout. */
export const checkout = path.dirname(path.resolve(workspace));

/** Where everything of one network lives. Paths are absolute. */
export class Home {
  readonly root: string;

  constructor(root: string) {
    this.root = path.resolve(root);
  }

  /** `HUILIAN_HOME`, else `.huilian` in the checkout. */
  static fromEnvironment(environment: NodeJS.ProcessEnv = process.env): Home {
    return new Home(environment['HUILIAN_HOME'] || path.join(checkout, '.huilian'));
  }

  private at(...parts: string[]): string {
    return path.join(this.root, 'network', ...parts);
  }

  get network(): string {
    return this.at();
  }
  get settings(): string {
    return this.at('settings.json');
  }
  get description(): string {
    return this.at('network.json');
  }
  get trust(): string {
    return this.at('trust.json');
  }
  get crypto(): string {
    return this.at('crypto');
  }
  get genesisBlock(): string {
    return this.at('channel', 'genesis.block');
  }
  config(node: string): string {
    return this.at('config', node);
  }
  data(node: string): string {
    return this.at('data', node);
  }
  log(process: string): string {
    return this.at('logs', `${process}.log`);
  }
  pidFile(process: string): string {
    return this.at('run', `${process}.json`);
  }
  get runs(): string {
    return this.at('run');
  }
  get logs(): string {
    return this.at('logs');
  }
  /** The ways of one peer to the chaincode processes, one file a label. */
  connections(peer: string): string {
    return this.at('connections', peer);
  }
  /** Copies of deployed bundles and their packages: a running network does not depend on the last build. */
  chaincode(label = ''): string {
    return this.at('chaincode', label);
  }

  /** Where a gateway keeps its own files. */
  get gateway(): string {
    return path.join(this.root, 'gateway');
  }
  /** Address of the gateway that `npm start` started last. */
  get gatewayAddress(): string {
    return path.join(this.gateway, 'address');
  }

  get exists(): boolean {
    return existsSync(this.settings);
  }
}

/** What several checkouts share: the Fabric programs and the list of taken port ranges. */
export function sharedCache(environment: NodeJS.ProcessEnv = process.env): string {
  return path.join(environment['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'huilian');
}
