import { common, msp, orderer } from '@hyperledger/fabric-protos';
import timestampProtos from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { LedgerError } from './errors.js';

export interface SeekOptions {
  readonly channel: string;
  readonly identity: { readonly mspId: string; readonly cert: string };
  /** Number of the first block; `newest` is the last one there is. */
  readonly from: number | 'newest';
  readonly to?: number;
}

/** A SerializedIdentity: what Fabric calls a creator. */
export function serializedIdentity(identity: { readonly mspId: string; readonly cert: string }): Uint8Array {
  const serialized = new msp.SerializedIdentity();
  serialized.setMspid(identity.mspId);
  serialized.setIdBytes(Buffer.from(identity.cert));
  return serialized.serializeBinary();
}

/** The signed request for blocks `from` to `to` of a channel; without `to` the stream goes on as blocks are committed. */
export async function seekEnvelope(
  options: SeekOptions,
  sign: (message: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const payload = new common.Payload();
  payload.setHeader(seekHeader(options));
  payload.setData(seekInfo(options).serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(await sign(envelope.getPayload_asU8()));
  return envelope.serializeBinary();
}

function seekHeader(options: SeekOptions): common.Header {
  const channel = new common.ChannelHeader();
  channel.setType(common.HeaderType.DELIVER_SEEK_INFO);
  channel.setChannelId(options.channel);
  const time = new timestampProtos.Timestamp();
  time.fromDate(new Date());
  channel.setTimestamp(time);
  const signature = new common.SignatureHeader();
  signature.setCreator(serializedIdentity(options.identity));
  const header = new common.Header();
  header.setChannelHeader(channel.serializeBinary());
  header.setSignatureHeader(signature.serializeBinary());
  return header;
}

function seekInfo(options: SeekOptions): orderer.SeekInfo {
  const info = new orderer.SeekInfo();
  info.setStart(options.from === 'newest' ? newest() : position(options.from));
  info.setStop(position(options.to ?? Number.MAX_SAFE_INTEGER));
  info.setBehavior(orderer.SeekInfo.SeekBehavior.BLOCK_UNTIL_READY);
  return info;
}

function newest(): orderer.SeekPosition {
  const result = new orderer.SeekPosition();
  result.setNewest(new orderer.SeekNewest());
  return result;
}

function position(number: number): orderer.SeekPosition {
  const specified = new orderer.SeekSpecified();
  specified.setNumber(number);
  const result = new orderer.SeekPosition();
  result.setSpecified(specified);
  return result;
}

/** A call of the Deliver service, as gRPC gives it. */
interface DeliverCall extends AsyncIterable<Uint8Array> {
  write(request: Uint8Array): unknown;
  cancel(): void;
  on(event: 'error', listener: () => void): unknown;
}

/** What a peer delivers, until it ends the stream, which is an error. @throws LedgerError `unavailable` */
export async function* delivered(
  call: DeliverCall,
  request: Uint8Array,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, void> {
  const stop = (): void => {
    call.cancel();
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    call.write(request);
    yield* call;
    throw new LedgerError('unavailable', { reason: 'the peer ended the stream of blocks' });
  } finally {
    signal?.removeEventListener('abort', stop);
    // A cancelled call reports itself once more, to nobody.
    call.on('error', () => undefined);
    call.cancel();
  }
}

/** Field numbers of peer.DeliverResponse, shifted and with their wire types. */
const statusField = 0x08;
const blockField = 0x12;

/**
 * The block's bytes in a peer.DeliverResponse exactly as the peer sent them; undefined when the stream is complete. Decoding and
 * encoding again would hide a byte that no field covers.
 *
 * @throws LedgerError if the peer refuses.
 */
export function blockOfDeliverResponse(response: Uint8Array): Uint8Array | undefined {
  if (response[0] === statusField) {
    const status = varint(response, 1).value;
    if (status === common.Status.SUCCESS) return undefined;
    const kind = status === common.Status.FORBIDDEN ? 'notPermitted' : 'unavailable';
    throw new LedgerError(kind, { status });
  }
  if (response[0] !== blockField) throw new LedgerError('failed', { reason: 'the peer sent no block' });
  const { value: length, end } = varint(response, 1);
  return response.subarray(end, end + length);
}

function varint(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  let scale = 1;
  for (let at = start; at < start + 8; at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: at + 1 };
    scale *= 128;
  }
  throw new LedgerError('failed', { reason: 'a length that does not end' });
}
