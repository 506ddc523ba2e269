import { readIfThere, writeJson } from './files.js';
import type { Home } from './home.js';
import { type Ordering, type Topology, topology } from './topology.js';

/** The chaincode that the channel runs. */
export interface Deployed {
  /** The definition's version: `semver+sha256.<hex>` of the bundle. */
  readonly version: string;
  readonly sequence: number;
  readonly label: string;
  readonly packageId: string;
  readonly port: number;
}

/** What a network remembers about itself between starts. */
export interface Settings {
  readonly version: 1;
  readonly ordering: Ordering;
  readonly basePort: number;
  /** True when every node has joined the channel. */
  readonly joined: boolean;
  readonly deployed?: Deployed;
  /** True while a deployment is under way: after a kill the channel must be asked what it runs. */
  readonly deploying?: true;
}

/** The settings of the network in this home, or undefined when there is none. */
export async function readSettings(home: Home): Promise<Settings | undefined> {
  const text = await readIfThere(home.settings);
  return text === undefined ? undefined : (JSON.parse(text) as Settings);
}

export async function writeSettings(home: Home, settings: Settings): Promise<void> {
  await writeJson(home.settings, settings);
}

/** The topology that these settings stand for. */
export function planOf(settings: Settings): Topology {
  return topology({ ordering: settings.ordering, basePort: settings.basePort });
}
