import { ChannelError } from '@claimline/messages';
import type RequestClient from 'twilio/lib/base/RequestClient';
import Response from 'twilio/lib/http/response';
import type Twilio from 'twilio/lib/rest/Twilio';
import { basic } from './basic-auth';
import { refusal, silence } from './errors';
import { TWILIO_API, type TwilioConfig, type TwilioSecrets } from './settings';

// Twilio's own API answers within a few seconds or not at all; its SDK waits 30.
const PATIENCE = 15_000;

// Empty, not absent: otherwise the SDK reads TWILIO_EDGE and TWILIO_REGION from the environment and leaves the address that was set.
const NOWHERE_ELSE = { edge: '', region: '', logLevel: 'none' };

type SdkRequest = RequestClient.RequestOptions;

/**
 * Twilio's SDK on our guarded `fetch`, at the address that the administrator set. Its calls reject with a `ChannelError`.
 * It never repeats a call by itself: whether a send may be repeated is for the hub to say.
 * The SDK is loaded with the first client, because that takes a tenth of a second.
 */
export async function twilioClient(config: TwilioConfig, secrets: TwilioSecrets, fetch: typeof globalThis.fetch): Promise<Twilio> {
  const [{ default: Sdk }, { default: Client }] = await Promise.all([
    import('twilio/lib/rest/Twilio.js'),
    import('twilio/lib/base/RequestClient.js'),
  ]);
  const httpClient = new Client();
  httpClient.request = <Data>(options: SdkRequest) => carry<Data>(options, config.apiBaseUrl, fetch);
  return new Sdk(config.accountSid, secrets.authToken, { httpClient, accountSid: config.accountSid, ...NOWHERE_ELSE });
}

async function carry<Data>(options: SdkRequest, base: string, fetch: typeof globalThis.fetch): Promise<Response<Data>> {
  const { status, headers, text } = await exchange(options, base, fetch);
  if (status >= 300) throw refusal({ method: options.method, status, code: codeIn(text), retryAfter: waitIn(headers) });
  // The SDK would let a SyntaxError out of a body that is no JSON, long after the bytes have left.
  if (parsed(text) === undefined) throw silence(options.method, new Error('an answer that is no JSON'));
  return new Response(status, text as Data, Object.fromEntries(headers));
}

async function exchange(
  options: SdkRequest,
  base: string,
  fetch: typeof globalThis.fetch,
): Promise<{ status: number; headers: Headers; text: string }> {
  const address = addressOf(options, base);
  try {
    const response = await fetch(address, {
      method: options.method.toUpperCase(),
      headers: { ...(options.headers as Record<string, string>), authorization: basic(options.username, options.password) },
      body: options.data ? form(options.data as Record<string, unknown>) : undefined,
      // A redirect would carry the account's password along.
      redirect: 'manual',
      signal: AbortSignal.timeout(options.timeout ?? PATIENCE),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    throw silence(options.method, error);
  }
}

function addressOf(options: SdkRequest, base: string): string {
  if (!options.uri.startsWith(`${TWILIO_API}/`))
    throw new ChannelError('misconfigured', 'Only the main API of Twilio is used.', { field: 'apiBaseUrl' });
  const url = new URL(base + options.uri.slice(TWILIO_API.length));
  for (const [name, value] of form((options.params ?? {}) as Record<string, unknown>)) url.searchParams.append(name, value);
  return url.href;
}

function form(values: Record<string, unknown>): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) if (one != null) fields.append(name, String(one));
  return fields;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeIn(text: string): string | undefined {
  const code = (parsed(text) as { code?: unknown } | undefined)?.code;
  return typeof code === 'number' ? String(code) : undefined;
}

// Nobody waits longer for a vendor's word, and a number gone wrong is not taken for a date.
const LONGEST_WAIT_SECONDS = 86_400;

/** `Retry-After` in milliseconds; Twilio gives seconds (RFC 9110 §10.2.3 knows dates too, which nobody here sends). */
function waitIn(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return seconds >= 0 ? Math.min(seconds, LONGEST_WAIT_SECONDS) * 1_000 : undefined;
}
