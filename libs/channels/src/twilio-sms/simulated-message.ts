import type { SimulatedFile, SimulatedLine } from '../simulator';
import { rfc2822 } from '../vendors/twilio/simulated-account';

/** A message as Twilio keeps it. */
export interface Kept {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly at: Date;
  readonly media: readonly { readonly sid: string; readonly file: SimulatedFile }[];
  status: string;
  errorCode?: number;
}

/** The message as Twilio's API answers it. */
export function resource(line: SimulatedLine, kept: Kept): unknown {
  const base = `/2010-04-01/Accounts/${String(line.config.accountSid)}/Messages/${kept.sid}`;
  return {
    sid: kept.sid,
    account_sid: line.config.accountSid,
    api_version: '2010-04-01',
    body: kept.body,
    direction: kept.direction,
    from: kept.from,
    to: kept.to,
    status: kept.status,
    date_created: rfc2822(kept.at),
    date_updated: rfc2822(kept.at),
    date_sent: kept.status === 'queued' ? null : rfc2822(kept.at),
    num_segments: '1',
    num_media: String(kept.media.length),
    error_code: kept.errorCode ?? null,
    error_message: null,
    price: null,
    price_unit: 'USD',
    messaging_service_sid: null,
    uri: `${base}.json`,
    subresource_uris: { media: `${base}/Media.json` },
  };
}

/** A file of a message as Twilio's API answers it. */
export function mediaResource(line: SimulatedLine, { id, media, file }: { id: string; media: string; file: SimulatedFile }): unknown {
  const account = String(line.config.accountSid);
  return {
    sid: media,
    account_sid: account,
    parent_sid: id,
    content_type: file.contentType,
    uri: `/2010-04-01/Accounts/${account}/Messages/${id}/Media/${media}.json`,
    date_created: rfc2822(new Date()),
    date_updated: rfc2822(new Date()),
  };
}
