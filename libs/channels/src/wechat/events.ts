import { wechat, type InboundEvent, type InboundMessage, type MediaRef } from '@claimline/messages';

type Fields = Readonly<Record<string, string>>;

/** Where media of this account are fetched: the address without the access token, which changes. */
export type MediaUrl = (mediaId: string) => string;

/** The events in a push of WeChat. Kinds of news that mean nothing to a claim (location beacons, menu views) make none. */
export function eventsOf(fields: Fields, appId: string, mediaUrl: MediaUrl): InboundEvent[] {
  const seconds = Number(fields.CreateTime);
  const base = { to: appId, occurredAt: seconds > 0 ? new Date(seconds * 1000) : undefined };
  if (fields.MsgType === 'event') return newsOf(fields, appId, base);
  const from = wechat(appId, fields.FromUserName ?? '');
  const key = fields.MsgId ?? `${fields.FromUserName}/${fields.CreateTime}`;
  return [{ kind: 'message', key, ...base, from, ...contentOf(fields, mediaUrl) }];
}

type Content = Pick<InboundMessage, 'text' | 'media' | 'facts'>;

function contentOf(fields: Fields, mediaUrl: MediaUrl): Content {
  switch (fields.MsgType) {
    case 'text':
      return { text: fields.Content ?? '', media: [] };
    case 'image':
      return { text: '', media: [file(fields, mediaUrl, 'image/jpeg', 'image.jpg')] };
    case 'voice':
      return { text: '', media: [voice(fields, mediaUrl)] };
    case 'video':
    case 'shortvideo':
      return { text: '', media: [file(fields, mediaUrl, 'video/mp4', 'video.mp4')] };
    case 'location':
      return place(fields);
    case 'link':
      return { text: [fields.Title, fields.Description, fields.Url].filter(Boolean).join('\n'), media: [] };
    // A kind that is newer than this code: a person sees that something came and can ask.
    default:
      return {
        text: fields.Content ?? fields.Title ?? `[WeChat: ${fields.MsgType}]`,
        media: [],
        facts: { unsupported: fields.MsgType ?? '' },
      };
  }
}

function file(fields: Fields, mediaUrl: MediaUrl, contentType: string, name: string): MediaRef {
  const id = fields.MediaId ?? '';
  return { key: id, url: mediaUrl(id), contentType, name };
}

const VOICE_TYPES: Readonly<Record<string, string>> = {
  amr: 'audio/amr',
  speex: 'audio/speex',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
};

/** The recording, with the words that WeChat's own recognition heard in it. */
function voice(fields: Fields, mediaUrl: MediaUrl): MediaRef {
  const format = (fields.Format ?? 'amr').toLowerCase();
  const transcript = fields.Recognition?.trim() || undefined;
  return { ...file(fields, mediaUrl, VOICE_TYPES[format] ?? 'application/octet-stream', `voice.${format}`), transcript };
}

function place(fields: Fields): Content {
  const { Location_X: latitude = '', Location_Y: longitude = '', Label = '' } = fields;
  return { text: `${Label} (${latitude}, ${longitude})`.trim(), media: [], facts: { latitude, longitude } };
}

type Base = { readonly to: string; readonly occurredAt: Date | undefined };

function newsOf(fields: Fields, appId: string, base: Base): InboundEvent[] {
  const from = wechat(appId, fields.FromUserName ?? '');
  const key = `${fields.FromUserName}/${fields.CreateTime}/${fields.Event}`;
  switch (fields.Event?.toUpperCase()) {
    case 'SUBSCRIBE':
      return [{ kind: 'opt-in', key, ...base, from, evidence: 'follows the WeChat account (subscribe)' }];
    case 'UNSUBSCRIBE':
      return [{ kind: 'opt-out', key, ...base, from, evidence: 'no longer follows the WeChat account (unsubscribe)' }];
    case 'CLICK':
      return [{ kind: 'message', key, ...base, from, text: fields.EventKey ?? '', media: [], facts: { menu: fields.EventKey ?? '' } }];
    case 'TEMPLATESENDJOBFINISH':
      return [templateReport(fields, base)];
    default:
      return [];
  }
}

/** What became of a template notice. */
function templateReport(fields: Fields, base: Base): InboundEvent {
  const externalId = fields.MsgID ?? fields.MsgId ?? '';
  const said = (fields.Status ?? '').toLowerCase();
  const report = { kind: 'delivery', key: `${externalId}/${said}`, ...base, externalId, vendorCode: fields.Status } as const;
  if (said === 'success') return { ...report, state: 'delivered' };
  if (said.includes('block')) return { ...report, state: 'undeliverable', reason: 'opted-out', optedOut: true };
  return { ...report, state: 'failed', reason: 'unreachable' };
}
