import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';

export type ServedFile = { content: Readable | Uint8Array; bytes: number; mediaType: string; fileName: string };

const SHOWN_IN_PAGE = new Set(['application/pdf', 'image/png', 'image/jpeg']);

/**
 * Serves a file that somebody uploaded, or that was made for one person: PDFs and pictures are shown, everything else is only saved. No
 * script, style or address inside it is followed. Pictures are sandboxed as well; a browser's own PDF reader does not open in a sandbox.
 */
export function sendFile(reply: FastifyReply, { content, bytes, mediaType, fileName }: ServedFile): FastifyReply {
  const disposition = SHOWN_IN_PAGE.has(mediaType) ? 'inline' : 'attachment';
  const sandbox = mediaType === 'application/pdf' ? "object-src 'self'" : 'sandbox';
  return reply
    .header('content-type', mediaType)
    .header('content-length', bytes)
    .header('content-disposition', `${disposition}; filename="file"; filename*=UTF-8''${encoded(fileName)}`)
    .header('content-security-policy', `default-src 'none'; ${sandbox}; frame-ancestors 'self'`)
    .header('cache-control', 'private, no-store')
    .send(content);
}

/** RFC 8187: percent-encoded but for the characters that `encodeURIComponent` leaves and a header does not take. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
