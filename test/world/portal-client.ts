import type { Answer } from './console-client';

/** A customer's browser on the portal: keeps the portal's cookie and nothing else. */
export class PortalClient {
  private cookie = '';

  constructor(private readonly hub: string) {}

  async call<Body>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer<Body> & { readonly headers: Headers }> {
    const response = await fetch(`${this.hub}/api/portal/${path}`, {
      method,
      headers: { origin: this.hub, cookie: this.cookie, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    for (const line of response.headers.getSetCookie()) this.cookie = line.split(';')[0]!;
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as Body, headers: response.headers };
  }
}

/** The link of the portal in a text, as `purpose/token`. */
export function linkIn(text: string): string | undefined {
  return /\/portal\/([a-z]+\/[\w-]{43})/.exec(text)?.[1];
}

/** The six digits in a text that are no part of a longer number or of the number of a claim. */
export const codeIn = (text: string): string | undefined => /(?<![\d-])\d{6}(?![\d-])/.exec(text)?.[0];
