import path from 'node:path';
import type { FabricBinaries } from './binaries.js';
import type { Home } from './home.js';
import { Paths } from './identities.js';
import { run } from './run.js';
import {
  localhost,
  type OrdererPlan,
  type OrganisationPlan,
  oversightAndOneOther,
  type Topology,
} from './topology.js';

/** What Fabric's own programs do for us: joining, installing, approving. One method, one command. */
export class FabricCommands {
  private readonly paths: Paths;

  constructor(
    private readonly home: Home,
    private readonly plan: Topology,
    private readonly binaries: FabricBinaries,
  ) {
    this.paths = new Paths(home, plan);
  }

  async ordererChannels(orderer: OrdererPlan): Promise<string> {
    return this.osnadmin(orderer, ['channel', 'list']);
  }

  async joinOrderer(orderer: OrdererPlan): Promise<void> {
    await this.osnadmin(orderer, [
      'channel',
      'join',
      '--channelID',
      this.plan.channel,
      '--config-block',
      this.home.genesisBlock,
    ]);
  }

  async peerChannels(organisation: OrganisationPlan): Promise<string> {
    return this.peer(organisation, ['channel', 'list']);
  }

  async joinPeer(organisation: OrganisationPlan): Promise<void> {
    await this.peer(organisation, ['channel', 'join', '-b', this.home.genesisBlock]);
  }

  /** Installs a package; a peer that has it already says so and nothing changes. */
  async install(organisation: OrganisationPlan, packageFile: string): Promise<void> {
    await this.peer(organisation, ['lifecycle', 'chaincode', 'install', packageFile]);
  }

  async installed(organisation: OrganisationPlan): Promise<string[]> {
    const text = await this.peer(organisation, ['lifecycle', 'chaincode', 'queryinstalled', '-O', 'json']);
    const answer = JSON.parse(text) as { installed_chaincodes?: { package_id: string }[] };
    return (answer.installed_chaincodes ?? []).map((entry) => entry.package_id);
  }

  async packageId(packageFile: string): Promise<string> {
    return (
      await run(
        this.binaries('peer'),
        ['lifecycle', 'chaincode', 'calculatepackageid', packageFile],
        this.peerOptions(this.first),
      )
    ).trim();
  }

  async approve(organisation: OrganisationPlan, definition: Definition, packageId: string): Promise<void> {
    await this.peer(organisation, [
      'lifecycle',
      'chaincode',
      'approveformyorg',
      ...this.definition(definition),
      '--package-id',
      packageId,
    ]);
  }

  /** Who has approved a definition that is not committed yet, by organisation. */
  async approvals(definition: Definition): Promise<Readonly<Record<string, boolean>>> {
    const args = [
      'lifecycle',
      'chaincode',
      'checkcommitreadiness',
      ...this.definition(definition),
      '-O',
      'json',
    ];
    const answer = JSON.parse(await this.peer(this.first, args)) as { approvals?: Record<string, boolean> };
    return answer.approvals ?? {};
  }

  async commit(definition: Definition): Promise<void> {
    const endorsers = this.plan.organisations.flatMap((organisation) => [
      '--peerAddresses',
      `${localhost}:${organisation.peer.port}`,
      '--tlsRootCertFiles',
      this.paths.tlsCa(organisation.domain),
    ]);
    await this.peer(this.first, [
      'lifecycle',
      'chaincode',
      'commit',
      ...this.definition(definition),
      ...endorsers,
    ]);
  }

  /** The definition that the channel has, or undefined when there is none. */
  async committed(): Promise<Definition | undefined> {
    const text = await this.peer(this.first, [
      'lifecycle',
      'chaincode',
      'querycommitted',
      '-C',
      this.plan.channel,
      '-O',
      'json',
    ]);
    const answer = JSON.parse(text) as { chaincode_definitions?: (Definition & { name: string })[] };
    const found = answer.chaincode_definitions?.find((entry) => entry.name === this.plan.chaincode);
    return found && { version: found.version, sequence: found.sequence };
  }

  private get first(): OrganisationPlan {
    const [first] = this.plan.organisations;
    if (first === undefined) throw new TypeError('a topology without organisations');
    return first;
  }

  private definition({ version, sequence }: Definition): string[] {
    return [
      ...['--channelID', this.plan.channel, '--name', this.plan.chaincode],
      ...['--version', version, '--sequence', String(sequence)],
      ...['--signature-policy', oversightAndOneOther('peer')],
      ...this.ordering(),
    ];
  }

  private ordering(): string[] {
    const [orderer] = this.plan.orderers;
    if (orderer === undefined) throw new TypeError('a topology without orderers');
    const authority = this.paths.tlsCa(this.plan.orderingOrganisation.domain);
    return ['-o', `${localhost}:${orderer.port}`, '--tls', '--cafile', authority];
  }

  private async peer(organisation: OrganisationPlan, args: readonly string[]): Promise<string> {
    return run(this.binaries('peer'), args, this.peerOptions(organisation));
  }

  private peerOptions(organisation: OrganisationPlan): { env: NodeJS.ProcessEnv } {
    return {
      env: {
        ...process.env,
        FABRIC_CFG_PATH: this.home.config(organisation.peer.id),
        FABRIC_LOGGING_SPEC: 'warning',
        CORE_PEER_MSPCONFIGPATH: this.paths.adminMsp(organisation.domain),
      },
    };
  }

  private async osnadmin(orderer: OrdererPlan, args: readonly string[]): Promise<string> {
    const { domain } = this.plan.orderingOrganisation;
    const tls = this.paths.adminTls(domain);
    const connection = ['-o', `${localhost}:${orderer.adminPort}`, '--ca-file', this.paths.tlsCa(domain)];
    const client = [
      '--client-cert',
      path.join(tls, 'client.crt'),
      '--client-key',
      path.join(tls, 'client.key'),
    ];
    return run(this.binaries('osnadmin'), [...args, ...connection, ...client]);
  }
}

/** The part of a chaincode definition that changes. */
export interface Definition {
  readonly version: string;
  readonly sequence: number;
}
