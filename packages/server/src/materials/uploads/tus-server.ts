import { randomUUID } from 'node:crypto';
import { Server } from '@tus/server';
import type { By } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Refusal, Result } from '../../platform/http/result.ts';
import { createUpload } from './create-upload.ts';
import { finishUpload } from './finish-upload.ts';
import { noSuchUpload } from './open-upload.ts';
import type { UploadFiles } from './upload-files.ts';

export const UPLOADS = '/api/uploads';

/** A tus request with whose it is; the caller has checked that an upload it names is theirs. */
export type TusHandler = (request: Request, by: By) => Promise<Response>;

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * The tus protocol (1.0.0: core, creation, termination) in front of the use cases. An upload begins with metadata `application`,
 * `material`, `filename`, and where they apply `row` and `sha256`. The answer to the request that brings the last byte is the receipt, or
 * the refusal. Refusals are JSON as everywhere else.
 */
export function openTus(context: Context, files: UploadFiles): TusHandler {
  const asking = new WeakMap<Request, By>();
  const askerOf = (request: Request): By => {
    const by = asking.get(request);
    if (!by) throw new Error('a tus request without its person');
    return by;
  };
  const server = new Server({
    path: UPLOADS,
    datastore: files,
    relativeLocation: true,
    namingFunction: () => randomUUID(),
    onUploadCreate: async (request, { id, size, metadata }) => {
      const { application = '', material = '', filename = '', row, sha256 } = metadata ?? {};
      const announced = {
        id,
        bytes: size ?? 0,
        applicationId: UUID.test(application ?? '') ? (application ?? '') : NOBODY,
        material: short(material),
        name: short(filename),
        ...(row && { row: short(row) }),
        ...(sha256 && { sha256: short(sha256) }),
      };
      valueOf(await createUpload(context, askerOf(request), announced));
      return {};
    },
    onUploadFinish: async (request, { id }) => {
      const attachment = valueOf(await finishUpload(context, files, askerOf(request), id));
      return { status_code: 200, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(attachment) };
    },
  });
  return async (request, by) => {
    asking.set(request, by);
    const response = await server.handleWeb(request);
    return response.status < 400 ? response : inOurWords(response.status, await response.text());
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** Longer than any name that makes sense, and nothing that PostgreSQL cannot keep. */
const short = (text: string | null): string => (text ?? '').replaceAll('\0', '').toWellFormed().slice(0, 1000);

/** A refusal leaves the library's hooks as what it takes for an error. */
function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw Object.assign(new Error(result.refusal.message), {
    status_code: result.status,
    body: JSON.stringify({ refusal: result.refusal }),
  });
}

/** What the protocol itself refuses. A person sees these only when a program is wrong or a connection broke at a bad moment. */
function inOurWords(status: number, text: string): Response {
  if (text.startsWith('{')) return new Response(text, { status, headers: { 'content-type': JSON_TYPE } });
  const known = REFUSALS[status] ?? PROTOCOL_BROKEN;
  const refusal: Refusal = { ...known, where: text.trim() };
  return Response.json({ refusal }, { status: status === 410 ? 404 : status });
}

const PROTOCOL_BROKEN: Refusal = {
  code: 'upload_protocol',
  message: '上传没有按约定的方式进行。',
  remedy: '请刷新页面后重新上传。',
};
const REFUSALS: Record<number, Refusal> = {
  404: noSuchUpload().refusal,
  409: {
    code: 'offset_differs',
    message: '续传的位置与服务器上的不一致。',
    remedy: '请接着上传，系统会从正确的位置继续。',
  },
  410: noSuchUpload().refusal,
};
