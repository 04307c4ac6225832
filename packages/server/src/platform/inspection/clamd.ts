import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';

export type ClamdAddress = { path: string } | { host: string; port: number };

export type Scan = { result: 'clean' } | { result: 'found'; name: string } | { result: 'unreachable'; why: string };

const PIECE_BYTES = 256 * 1024;
const SILENCE_MS = 60_000;

/** `host:port` or the path of a socket, absolute or after `unix:`. A text is what is wrong with it. */
export function readClamdAddress(text: string | undefined): ClamdAddress | string | undefined {
  if (!text) return undefined;
  const path = text.replace(/^unix:/, '');
  if (path.startsWith('/')) return { path };
  const [, host, port] = /^(?:tcp:)?\[?([^\]]+)\]?:(\d{1,5})$/.exec(text) ?? [];
  if (!host || Number(port) < 1 || Number(port) > 65535) {
    return `KESHEN_CLAMD 应为 主机:端口 或套接字的路径，现为“${text}”。例如：KESHEN_CLAMD=127.0.0.1:3310`;
  }
  return { host, port: Number(port) };
}

/**
 * Sends a file to clamd by INSTREAM: pieces with their length (4 bytes, big endian) before them, an empty one at the end, then one line of
 * answer. Whatever is not a clear answer counts as unreachable, so that nothing passes unscanned by mistake.
 */
export async function scanFile(address: ClamdAddress, path: string): Promise<Scan> {
  const socket = 'path' in address ? connect(address.path) : connect(address.port, address.host);
  socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('no answer within a minute')));
  try {
    const [answer] = await Promise.all([answerOf(socket), send(socket, path)]);
    return readAnswer(answer);
  } catch (error) {
    return { result: 'unreachable', why: error instanceof Error ? error.message : String(error) };
  } finally {
    socket.destroy();
  }
}

async function send(socket: Socket, path: string): Promise<void> {
  await write(socket, 'zINSTREAM\0');
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    await write(socket, Buffer.concat([length, piece]));
  }
  await write(socket, Buffer.alloc(4));
}

/** clamd may answer and hang up before it was sent everything, when the file is larger than it takes. */
const write = (socket: Socket, data: string | Buffer): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.write(data, () => resolve());
  });

const answerOf = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('utf8');
      if (answer.includes('\0')) resolve(answer);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

function readAnswer(answer: string): Scan {
  const line = answer.replaceAll('\0', '').trim();
  if (line === 'stream: OK') return { result: 'clean' };
  const name = /^stream: (.+) FOUND$/.exec(line)?.[1];
  return name ? { result: 'found', name } : { result: 'unreachable', why: line || 'hung up without an answer' };
}
