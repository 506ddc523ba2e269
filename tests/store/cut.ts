import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire between a client and a MongoDB server that can be cut before a chosen write reaches the server. */
export interface Wire {
  readonly uri: string;
  /** Ends when the wire was cut. Nothing passes any more: to the server the client is as dead as a killed process. */
  readonly cut: Promise<void>;
  close(): void;
}

const headerLength = 16;
const opMsg = 2013;
const writes: readonly string[] = ['insert', 'update', 'delete', 'findAndModify'];

/** Opens a wire that lets `passing` writes through and is cut before the next. */
export async function openWire(target: string, passing: number): Promise<Wire> {
  const to = new URL(target);
  const sockets = new Set<Socket>();
  let left = passing;
  let snap = (): void => {};
  const cut = new Promise<void>((resolve) => (snap = resolve));
  const server = createServer((client) => {
    const upstream = connect(Number(to.port), to.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    upstream.pipe(client);
    forEachMessage(client, (message) => {
      if (left < 0) return;
      if (isWrite(message)) left--;
      if (left >= 0) upstream.write(message);
      else {
        for (const socket of sockets) socket.unpipe();
        snap();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const uri = new URL(target);
  uri.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    uri: uri.href,
    cut,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Calls back with each whole message; the first four bytes of a message are its length. */
function forEachMessage(socket: Socket, each: (message: Buffer) => void): void {
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= headerLength && pending.length >= pending.readInt32LE(0)) {
      const length = pending.readInt32LE(0);
      each(pending.subarray(0, length));
      pending = pending.subarray(length);
    }
  });
}

/** True for an OP_MSG whose command changes documents. The command is the first name in its BSON. */
function isWrite(message: Buffer): boolean {
  if (message.readInt32LE(12) !== opMsg) return false;
  // Header 16, flags 4, kind of section 1, length of the BSON 4, type of its first element 1.
  const start = headerLength + 10;
  return writes.includes(message.toString('latin1', start, message.indexOf(0, start)));
}
