import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The test file that every antivirus program answers to, in two parts so that this source is not one. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export type TestClamd = {
  address: string;
  /** How many bytes it was sent, scan by scan. */
  scanned: number[];
  close(): Promise<void>;
};

/** Speaks INSTREAM as clamd does: finds EICAR, answers `OK` otherwise, and refuses streams longer than `most` bytes. */
export async function startTestClamd({ port = 0, most = 64 * 1024 * 1024 } = {}): Promise<TestClamd> {
  const scanned: number[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let data = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      data = Buffer.concat([data, chunk]);
      const content = streamed(data);
      if (content === undefined) return;
      scanned.push(content.length);
      socket.end(`${verdict(content, most)}\0`);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    scanned,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const COMMAND = 'zINSTREAM\0';

/** What was sent, once the piece of length 0 that ends it has come. */
function streamed(data: Buffer): Buffer | undefined {
  if (data.length >= COMMAND.length && data.subarray(0, COMMAND.length).toString() !== COMMAND) {
    throw new Error('not the command that was expected');
  }
  const pieces: Buffer[] = [];
  for (let at = COMMAND.length; at + 4 <= data.length;) {
    const length = data.readUInt32BE(at);
    at += 4;
    if (length === 0) return Buffer.concat(pieces);
    if (at + length > data.length) return undefined;
    pieces.push(data.subarray(at, at + length));
    at += length;
  }
  return undefined;
}

const verdict = (content: Buffer, most: number): string => {
  if (content.length > most) return 'INSTREAM size limit exceeded. ERROR';
  return content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK';
};
