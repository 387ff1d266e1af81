import { Readable } from 'node:stream';
import { ChannelError, type ChannelDeps, type MediaStream } from '@claimline/messages';
import { apiFate, brokenCall, isTokenCode } from './api-fates';
import type { WechatConfig } from './settings';
import { TokenKeeper } from './token-keeper';

// A film of a phone over a slow line; what takes longer is fetched anew.
const FILE_MS = 10 * 60_000;

/** A JSON answer of WeChat; `errcode` is missing or 0 where all is well. */
export type ApiAnswer = Readonly<Record<string, unknown>>;

/** A call that sends something, or one that may be made again. */
interface Call {
  readonly path: string;
  readonly body?: string | FormData;
  readonly query?: Readonly<Record<string, string>>;
  readonly harmless: boolean;
}

/** The official account API, with the access token seen to. The AppSecret never leaves it but in the one call that needs it. */
export class WechatApi {
  readonly #appSecret: string;
  readonly tokens: TokenKeeper;

  constructor(
    private readonly config: WechatConfig,
    appSecret: string,
    private readonly deps: Pick<ChannelDeps, 'fetch' | 'state' | 'clock'>,
  ) {
    this.#appSecret = appSecret;
    this.tokens = new TokenKeeper(deps, () => this.fetchToken());
  }

  /** Sends something to a person: a broken connection is `uncertain`. */
  send(path: string, body: unknown): Promise<ApiAnswer> {
    return this.call({ path, body: JSON.stringify(body), harmless: false });
  }

  /** Asks for something. */
  ask(path: string): Promise<ApiAnswer> {
    return this.call({ path, harmless: true });
  }

  /** Puts a file at WeChat's for three days; resolves with its media id. */
  async upload(type: 'image' | 'voice' | 'video', file: { name: string; contentType: string; content: Buffer }): Promise<string> {
    const form = new FormData();
    form.append('media', new Blob([new Uint8Array(file.content)], { type: file.contentType }), file.name);
    const { media_id: id } = await this.call({ path: '/cgi-bin/media/upload', query: { type }, body: form, harmless: true });
    if (typeof id !== 'string') throw new ChannelError('unavailable', 'WeChat took the file and gave it no id');
    return id;
  }

  /** A file that somebody sent. */
  async download(mediaId: string): Promise<MediaStream> {
    const response = await this.withToken((token) => this.open('/cgi-bin/media/get', { access_token: token, media_id: mediaId }));
    if (!(response instanceof Response)) throw new ChannelError('unavailable', 'WeChat answers without a file');
    const name = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    const size = Number(response.headers.get('content-length')) || undefined;
    return { stream: Readable.fromWeb(response.body as never), contentType: response.headers.get('content-type') ?? undefined, size, name };
  }

  private call({ path, body, query, harmless }: Call): Promise<ApiAnswer> {
    return this.withToken(async (token) => {
      const url = this.url(path, { ...query, access_token: token });
      const init =
        body === undefined
          ? {}
          : { method: 'POST', body, headers: typeof body === 'string' ? { 'content-type': 'application/json' } : undefined };
      return this.json(url, init, harmless);
    }) as Promise<ApiAnswer>;
  }

  /** Once more with another token where WeChat no longer takes this one, and not a third time. */
  private async withToken<T extends ApiAnswer | Response>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.tokens.token();
    const first = await work(token);
    const code = codeOf(first);
    if (!isTokenCode(code)) return judged(first);
    return judged(await work(await this.tokens.replace(token)));
  }

  private async fetchToken(): Promise<{ token: string; lifetimeSeconds: number }> {
    const url = this.url('/cgi-bin/token', { grant_type: 'client_credential', appid: this.config.appId, secret: this.#appSecret });
    const answer = judged(await this.json(url, {}, true));
    if (typeof answer.access_token !== 'string') throw new ChannelError('unavailable', 'WeChat answers without an access token');
    return { token: answer.access_token, lifetimeSeconds: Number(answer.expires_in) || 7200 };
  }

  /** A file, or WeChat's JSON that says why not. */
  private async open(path: string, query: Readonly<Record<string, string>>): Promise<ApiAnswer | Response> {
    const response = await this.fetch(this.url(path, query), { signal: AbortSignal.timeout(FILE_MS) }, true);
    const isJson = /json|text\/plain/.test(response.headers.get('content-type') ?? '') && !response.headers.get('content-disposition');
    return isJson ? ((await response.json().catch((error: unknown) => Promise.reject(brokenCall(error, true)))) as ApiAnswer) : response;
  }

  private async json(url: URL, init: RequestInit, harmless: boolean): Promise<ApiAnswer> {
    const response = await this.fetch(url, init, harmless);
    try {
      return (await response.json()) as ApiAnswer;
    } catch (error) {
      throw brokenCall(error, harmless);
    }
  }

  private async fetch(url: URL, init: RequestInit, harmless: boolean): Promise<Response> {
    const response = await this.deps
      .fetch(url, { ...init, redirect: 'manual' })
      .catch((error: unknown) => Promise.reject(brokenCall(error, harmless)));
    if (response.ok) return response;
    await response.body?.cancel().catch(() => undefined);
    if (response.status >= 300 && response.status < 400)
      throw new ChannelError('rejected', 'WeChat points somewhere else; that is not followed');
    // A server that broke says nothing about what happened before it broke; one that is busy or closed has not begun.
    if (!harmless && response.status >= 500 && response.status !== 503)
      throw new ChannelError('uncertain', `WeChat broke while it worked on the message (${response.status})`, {
        vendorCode: String(response.status),
      });
    const retryAfter = Number(response.headers.get('retry-after')) * 1000 || 30_000;
    throw new ChannelError('unavailable', `WeChat answers ${response.status}`, { vendorCode: String(response.status), retryAfter });
  }

  private url(path: string, query: Readonly<Record<string, string>>): URL {
    const url = new URL(this.config.apiBaseUrl.replace(/\/$/, '') + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }
}

const codeOf = (answer: ApiAnswer | Response): number => (answer instanceof Response ? 0 : Number(answer.errcode ?? 0));

function judged<T extends ApiAnswer | Response>(answer: T): T {
  const code = codeOf(answer);
  if (code !== 0) throw apiFate(code);
  return answer;
}
