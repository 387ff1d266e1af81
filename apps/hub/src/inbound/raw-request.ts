import type { WebhookRequest } from '@claimline/messages';

/** A provider's request as the journal keeps it: its head as one JSON line, then the body's bytes as they came. */
export function packRequest(request: WebhookRequest): Buffer {
  const { method, url, path, headers } = request;
  return Buffer.concat([Buffer.from(`${JSON.stringify({ method, url, path, headers })}\n`), request.body]);
}

/** The request that {@link packRequest} kept, for a replay. */
export function unpackRequest(kept: Buffer): WebhookRequest {
  const end = kept.indexOf(0x0a);
  const head = JSON.parse(kept.subarray(0, end).toString('utf8')) as Omit<WebhookRequest, 'body'>;
  return { ...head, body: kept.subarray(end + 1) };
}
