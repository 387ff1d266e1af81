import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { ChannelError, type MediaRef, type MediaStream } from '@claimline/messages';
import { silence } from './errors';
import { basic } from './basic-auth';
import type { TwilioConfig, TwilioSecrets } from './settings';

// Twilio sends a file's address on to its content network, in one step or two.
const HOPS = 4;
// A film of a phone over a slow line; what takes longer is fetched anew.
const FILE_MS = 10 * 60_000;

/** What {@link fetchTwilioFile} needs of its line. */
export interface FileAccess {
  readonly config: TwilioConfig;
  readonly secrets: TwilioSecrets;
  readonly fetch: typeof globalThis.fetch;
}

/**
 * Fetches a picture or a recording. Only hosts of the vendor are asked, redirects included, and only its API is shown the password.
 * A file that is not there (yet) is `unavailable`: Twilio announces some before they can be had.
 */
export async function fetchTwilioFile(ref: MediaRef, access: FileAccess): Promise<MediaStream> {
  let url = vendorUrl(ref.url ?? '', undefined, access.config);
  for (let hop = 0; hop < HOPS; hop += 1) {
    const response = await ask(url, access);
    if (response.ok) return streamOf(response, ref);
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (response.status >= 400 || !location) throw noFile(response.status);
    url = vendorUrl(location, url, access.config);
  }
  throw new ChannelError('rejected', 'The address of the file leads in circles.');
}

async function ask(url: URL, { config, secrets, fetch }: FileAccess): Promise<globalThis.Response> {
  const own = url.origin === new URL(config.apiBaseUrl).origin;
  const headers: Record<string, string> = own ? { authorization: basic(config.accountSid, secrets.authToken) } : {};
  try {
    return await fetch(url.href, { headers, redirect: 'manual', signal: AbortSignal.timeout(FILE_MS) });
  } catch (error) {
    throw silence('get', error);
  }
}

/** The address, if it is the vendor's: the origin that the administrator set and, where that is Twilio's own, its content hosts. */
function vendorUrl(text: string, base: URL | undefined, config: TwilioConfig): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  const api = new URL(config.apiBaseUrl);
  const content = /(^|\.)twilio\.com$/.test(api.hostname) && url?.protocol === 'https:' && /\.(twilio|twiliocdn)\.com$/.test(url.hostname);
  if (!url || (url.origin !== api.origin && !content))
    throw new ChannelError('rejected', 'The file does not lie with Twilio: it is not fetched.');
  return url;
}

function noFile(status: number): ChannelError {
  if (status === 401 || status === 403)
    return new ChannelError('misconfigured', `Twilio refuses the file (${status}).`, { field: 'authToken', vendorCode: String(status) });
  return new ChannelError('unavailable', `Twilio does not have the file now (${status}).`, { vendorCode: String(status) });
}

function streamOf(response: globalThis.Response, ref: MediaRef): MediaStream {
  const size = Number(response.headers.get('content-length') ?? NaN);
  const stream = response.body ? Readable.fromWeb(response.body as ReadableStream) : Readable.from([]);
  return {
    stream,
    contentType: response.headers.get('content-type') ?? ref.contentType,
    size: Number.isFinite(size) ? size : undefined,
    name: ref.name,
  };
}
