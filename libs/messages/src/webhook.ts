/** A provider's request, byte for byte. Nothing is parsed before it is verified. */
export interface WebhookRequest {
  readonly method: string;
  /** The public address as the provider called it (`PUBLIC_URL` + path + query): signatures are over this text. */
  readonly url: string;
  /** What follows `/webhooks/:inboxId`, without a leading slash. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** When it arrived, where it is read again later: a signature that was fresh then is fresh now. Set by the hub, never from the request. */
  readonly receivedAt?: Date;
}

/** What the provider is told. */
export interface WebhookResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer that most providers want: taken, nothing more to say. */
export const EMPTY_OK: WebhookResponse = { status: 200, headers: {}, body: '' };
