import { createHash, timingSafeEqual } from 'node:crypto';
import { ChannelError, type WebhookRequest } from '@claimline/messages';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';

/** The fields of a form that Twilio posted; a field that came several times is a list. */
export type TwilioFields = Readonly<Record<string, string | readonly string[]>>;

/**
 * The fields of a request that Twilio truly made, and nobody else.
 * Signed are the address as Twilio called it, with or without the default port, and all fields that came, known or not; of any
 * other body its hash (https://www.twilio.com/docs/usage/security). Rejects with `unauthentic`.
 */
export function signedFields(authToken: string, request: WebhookRequest): TwilioFields {
  const posted = isForm(request) ? fieldsOf(new URLSearchParams(request.body.toString('utf8'))) : {};
  const signed = isSigned(authToken, request, posted) && (isForm(request) || hasSignedBody(request));
  if (!signed)
    throw new ChannelError(
      'unauthentic',
      'The request does not carry the signature of this Twilio account: check the Auth Token and the public address of the hub.',
    );
  return { ...fieldsOf(new URL(request.url).searchParams), ...posted };
}

/** One field as text; undefined where it is absent or empty. */
export function field(fields: TwilioFields, name: string): string | undefined {
  const value = fields[name];
  const one = typeof value === 'string' ? value : value?.[0];
  return one === '' ? undefined : one;
}

/** One field that has to be there. Throws `malformed` with its name. */
export function needed(fields: TwilioFields, name: string): string {
  const value = field(fields, name);
  if (value === undefined) throw new ChannelError('malformed', `Twilio's request has no ${name}.`);
  return value;
}

function isSigned(authToken: string, request: WebhookRequest, posted: TwilioFields): boolean {
  const signature = request.headers['x-twilio-signature'];
  if (!signature) return false;
  // Compares in constant time, and tries the ports and encodings that Twilio's back ends are known to sign.
  return validateRequest(authToken, signature, request.url, posted);
}

function isForm(request: WebhookRequest): boolean {
  return (request.headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
}

/** A body that is no form is signed by its hash in the address; without a body there is nothing to hash. */
function hasSignedBody(request: WebhookRequest): boolean {
  if (request.body.length === 0) return true;
  const said = Buffer.from(new URL(request.url).searchParams.get('bodySHA256') ?? '');
  const is = Buffer.from(createHash('sha256').update(request.body).digest('hex'));
  return said.length === is.length && timingSafeEqual(said, is);
}

function fieldsOf(search: URLSearchParams): TwilioFields {
  const fields: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    fields[name] = values.length === 1 ? values[0]! : [...values];
  }
  return fields;
}
