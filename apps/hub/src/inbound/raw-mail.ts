import type { MailEnvelope } from '@claimline/messages';

/** A mail as the journal keeps it: what SMTP said in one JSON line, then its bytes as they came. */
export function packMail(envelope: MailEnvelope, mail: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), mail]);
}

/** The mail that {@link packMail} kept, for a replay. */
export function unpackMail(kept: Buffer): { readonly envelope: MailEnvelope; readonly mail: Buffer } {
  const end = kept.indexOf(0x0a);
  return { envelope: JSON.parse(kept.subarray(0, end).toString('utf8')) as MailEnvelope, mail: kept.subarray(end + 1) };
}
