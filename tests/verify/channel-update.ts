import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { credentials } from '@grpc/grpc-js';
import { nativeSigner } from '@huilian/fabric';
import { Home } from '@huilian/network';
import { common, msp, orderer } from '@hyperledger/fabric-protos';
import type { TrialNetwork } from './trial-network.js';

interface Administrator {
  readonly creator: Uint8Array;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

/**
 * Changes the block timeout of a channel as an administrator of the ordering service would: a configuration update that the
 * orderer puts into a configuration block.
 *
 * @param configurationBlock the last one.
 */
export async function changeBlockTimeout(
  network: TrialNetwork,
  configurationBlock: Uint8Array,
  timeout: string,
): Promise<void> {
  const administrator = await orderingAdministrator(network);
  const header = await newSignatureHeader(administrator);
  const update = new common.ConfigUpdateEnvelope();
  update.setConfigUpdate(
    blockTimeoutUpdate(network.trust.channel, configurationBlock, timeout).serializeBinary(),
  );
  const signature = new common.ConfigSignature();
  signature.setSignatureHeader(header);
  signature.setSignature(await administrator.sign(Buffer.concat([header, update.getConfigUpdate_asU8()])));
  update.setSignaturesList([signature]);
  await broadcast(network, await updateEnvelope(network.trust.channel, update, administrator));
}

/** The configuration inside a configuration block. */
export function configurationOf(block: Uint8Array): common.Config {
  const [envelope] = common.Block.deserializeBinary(block).getData()?.getDataList_asU8() ?? [];
  const bytes = common.Envelope.deserializeBinary(envelope ?? new Uint8Array()).getPayload_asU8();
  const content = common.Payload.deserializeBinary(bytes).getData_asU8();
  return common.ConfigEnvelope.deserializeBinary(content).getConfig() ?? new common.Config();
}

/** The one value in its new version, and the versions of the groups on the way to it. */
function blockTimeoutUpdate(channel: string, block: Uint8Array, timeout: string): common.ConfigUpdate {
  const root = configurationOf(block).getChannelGroup();
  const ordering = root?.getGroupsMap().get('Orderer');
  const before = ordering?.getValuesMap().get('BatchTimeout');
  if (root === undefined || ordering === undefined || before === undefined)
    throw new Error('a channel with a timeout');
  const value = new common.ConfigValue();
  const content = new orderer.BatchTimeout();
  content.setTimeout(timeout);
  value.setVersion(before.getVersion() + 1);
  value.setModPolicy(before.getModPolicy());
  value.setValue(content.serializeBinary());
  const update = new common.ConfigUpdate();
  update.setChannelId(channel);
  update.setReadSet(pathTo(root, ordering));
  update.setWriteSet(pathTo(root, ordering, value));
  return update;
}

function pathTo(
  root: common.ConfigGroup,
  ordering: common.ConfigGroup,
  value?: common.ConfigValue,
): common.ConfigGroup {
  const inner = new common.ConfigGroup();
  inner.setVersion(ordering.getVersion());
  if (value !== undefined) inner.getValuesMap().set('BatchTimeout', value);
  const outer = new common.ConfigGroup();
  outer.setVersion(root.getVersion());
  outer.getGroupsMap().set('Orderer', inner);
  return outer;
}

async function updateEnvelope(
  channel: string,
  update: common.ConfigUpdateEnvelope,
  administrator: Administrator,
): Promise<common.Envelope> {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG_UPDATE);
  channelHeader.setChannelId(channel);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(await newSignatureHeader(administrator));
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(update.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(await administrator.sign(envelope.getPayload_asU8()));
  return envelope;
}

function newSignatureHeader({ creator }: Administrator): Promise<Uint8Array> {
  const header = new common.SignatureHeader();
  header.setCreator(creator);
  header.setNonce(randomBytes(24));
  return Promise.resolve(header.serializeBinary());
}

async function orderingAdministrator(network: TrialNetwork): Promise<Administrator> {
  const crypto = new Home(network.home).crypto;
  const names = await readdir(crypto, { recursive: true });
  const find = (part: string): string => {
    const name = names.find(
      (path) => path.includes('ordererOrganizations') && path.includes('Admin@') && path.includes(part),
    );
    if (name === undefined) throw new Error(`no ${part} of the ordering administrator`);
    return join(crypto, name);
  };
  const identity = new msp.SerializedIdentity();
  identity.setMspid('OrderingMSP');
  identity.setIdBytes(await readFile(find('signcerts/')));
  return {
    creator: identity.serializeBinary(),
    sign: nativeSigner(await readFile(find('keystore/'), 'utf8')),
  };
}

/** Hands an envelope to the ordering service. */
export async function broadcast(network: TrialNetwork, envelope: common.Envelope): Promise<void> {
  const [first] = network.description.orderers;
  if (first === undefined) throw new Error('an orderer');
  const client = new orderer.AtomicBroadcastClient(
    first.address,
    credentials.createSsl(await readFile(first.tlsCa)),
    { 'grpc.ssl_target_name_override': first.hostOverride },
  );
  try {
    await new Promise<void>((resolve, reject) => {
      const call = client.broadcast();
      call.on('data', (answer: orderer.BroadcastResponse) => {
        call.end();
        if (answer.getStatus() === common.Status.SUCCESS) resolve();
        else reject(new Error(answer.getInfo()));
      });
      call.on('error', reject);
      call.write(envelope);
    });
  } finally {
    client.close();
  }
}
