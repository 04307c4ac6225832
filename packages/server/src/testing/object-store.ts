import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { S3Settings } from '../platform/files/index.ts';

type Held = { content: Buffer; checksum?: string };

export type ObjectStore = {
  settings: S3Settings;
  objects: Map<string, Held>;
  /** What was asked for, as `PUT /bucket/key`, with the status that was answered. */
  asked: { what: string; status: number }[];
  /** Whether checksums are kept and told, which not every compatible service does. */
  keepsChecksums: boolean;
  /** The next so many objects that are put arrive damaged. */
  damageNext: number;
  close(): Promise<void>;
};

const BUCKET = 'keshen-test';

/**
 * The calls of S3 that the file store makes, as the service's manual describes them: PUT with `If-None-Match: *` (412 when the object
 * exists) and `x-amz-checksum-sha256` (400 BadDigest when the content has another), GET, and HEAD with `x-amz-checksum-mode`.
 */
export async function startObjectStore(): Promise<ObjectStore> {
  const server = createServer((request, response) => {
    answer(store, request)
      .then(({ status, headers = {}, body }) => {
        store.asked.push({ what: `${request.method} ${request.url?.split('?')[0]}`, status });
        return reply(response, status, headers, body);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const store: ObjectStore = {
    settings: {
      bucket: BUCKET,
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test-secret' },
      pathStyle: true,
    },
    objects: new Map(),
    asked: [],
    keepsChecksums: true,
    damageNext: 0,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return store;
}

type Answer = { status: number; headers?: Record<string, string>; body?: Buffer };

async function answer(store: ObjectStore, request: IncomingMessage): Promise<Answer> {
  const { method, headers } = request;
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const body = method === 'PUT' ? await buffer(request) : Buffer.alloc(0);
  if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=test/')) return fault(403, 'AccessDenied');
  if (!path.startsWith(`/${BUCKET}/`)) return fault(404, 'NoSuchBucket');
  const held = store.objects.get(path);
  if (method === 'PUT') return put(store, path, headers, body);
  if (!held) return method === 'HEAD' ? { status: 404 } : fault(404, 'NoSuchKey');
  const told = headers['x-amz-checksum-mode'] === 'ENABLED' && held.checksum;
  const described = {
    'content-length': String(held.content.length),
    etag: `"${createHash('md5').update(held.content).digest('hex')}"`,
    ...(told && { 'x-amz-checksum-sha256': told }),
  };
  if (method === 'HEAD') return { status: 200, headers: described };
  if (method === 'GET') return { status: 200, headers: described, body: held.content };
  return fault(501, 'NotImplemented');
}

function put(store: ObjectStore, path: string, headers: IncomingMessage['headers'], body: Buffer): Answer {
  if (headers['content-encoding']?.includes('aws-chunked')) return fault(501, 'NotImplemented');
  if (Number(headers['content-length']) !== body.length) return fault(400, 'IncompleteBody');
  const announced = headers['x-amz-checksum-sha256'];
  const checksum = createHash('sha256').update(body).digest('base64');
  if (announced !== undefined && announced !== checksum) return fault(400, 'BadDigest');
  if (headers['if-none-match'] === '*' && store.objects.has(path)) return fault(412, 'PreconditionFailed');
  const damaged = store.damageNext > 0;
  if (damaged) store.damageNext -= 1;
  const content = damaged ? Buffer.concat([Buffer.from('!'), body.subarray(1)]) : body;
  const kept = damaged ? createHash('sha256').update(content).digest('base64') : checksum;
  store.objects.set(path, { content, ...(store.keepsChecksums && { checksum: kept }) });
  return { status: 200, headers: { etag: '"stored"' } };
}

const fault = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  ),
});

function reply(response: ServerResponse, status: number, headers: Record<string, string>, body?: Buffer): void {
  response.writeHead(status, headers);
  response.end(body);
}
