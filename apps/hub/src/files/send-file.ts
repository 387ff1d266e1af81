import { contentDisposition, mayBeShown, type ByteRange, type Storage } from '@claimline/files';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HubProblem } from '../http/problem';
import type { AttachmentFile } from '../views/attachment.view';

// A file from outside is a page of its own: it runs nothing, loads nothing, and no page of ours can be reached from it.
const SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/** The answer of {@link sendAttachment} and {@link sendThumbnail}, for the contract. */
export const BYTES = { content: { '*/*': { schema: { type: 'string', format: 'binary' } } } };

/** Answers with the bytes of an attachment, whole or the stretch that was asked for. @throws HubProblem where they are not to be had */
export async function sendAttachment(
  storage: Storage,
  file: AttachmentFile,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  refuseUnopened(file);
  const size = Number(file.size);
  void reply
    .header('content-type', file.content_type)
    .header('content-disposition', contentDisposition(mayBeShown(file.content_type) ? 'inline' : 'attachment', file.name))
    .header('accept-ranges', 'bytes');
  if (safeHeaders(reply, file.sha256!, request)) return reply.status(304).send();
  const range = rangeOf(request.headers.range, size);
  if (range === 'beyond') return reply.status(416).header('content-range', `bytes */${size}`).send();
  if (range) void reply.status(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  void reply.header('content-length', String(range ? range.end - range.start + 1 : size));
  if (size === 0) return reply.send();
  return reply.send(await storage.open(file.storage_key!, range));
}

/** Answers with the small picture of an attachment. @throws HubProblem where it has none */
export async function sendThumbnail(
  storage: Storage,
  file: AttachmentFile,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  refuseUnopened(file);
  if (!file.thumbnail_key) throw new HubProblem('not-found');
  void reply.header('content-type', 'image/webp').header('content-disposition', 'inline');
  if (safeHeaders(reply, Buffer.from(file.thumbnail_key, 'hex'), request)) return reply.status(304).send();
  return reply.send(await storage.open(file.thumbnail_key));
}

function refuseUnopened(file: AttachmentFile): void {
  if (file.state === 'quarantined') throw new HubProblem('not-allowed', { state: file.state });
  if (file.state !== 'stored' || !file.storage_key) throw new HubProblem('not-found', { state: file.state });
}

/** Sets what every file carries; true when the browser already has these very bytes. It asks each time: rights may have changed since. */
function safeHeaders(reply: FastifyReply, sha256: Buffer, request: FastifyRequest): boolean {
  const tag = `"${sha256.toString('base64url').slice(0, 27)}"`;
  void reply
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', SANDBOX)
    .header('cross-origin-resource-policy', 'same-origin')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'private, no-cache')
    .header('etag', tag);
  return request.headers.range === undefined && request.headers['if-none-match'] === tag;
}

/** A single range of bytes (RFC 9110 §14.2). Anything else that is asked for gets the whole file, as the standard allows. */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'beyond' | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && from !== '' && Number(to) < start) return undefined;
  return start >= size || start > end ? 'beyond' : { start, end };
}
