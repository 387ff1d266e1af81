import { isDay, PolicySearch, reasonOf, type FoundPolicy, type Policy, type PolicyWish } from './policy';

const MOST = 10;
// Somebody is on the phone while this is asked; a list that was imported is better than waiting on.
const PATIENCE_MS = 4_000;

/** A policy administration system did not answer as one: the message names what was wrong, never what was asked. */
export class PolicySearchFailed extends Error {
  override readonly name = 'PolicySearchFailed';
}

/**
 * Asks the house's own policy system: `GET <url>?number=&plate=&phone=` with `Authorization: Bearer <key>`, answered by
 * `{ "items": [{ "number", "lineOfBusiness", "holder", "phone"?, "plate"?, "startsOn"?, "endsOn"? }] }`.
 */
export class RemotePolicies extends PolicySearch {
  constructor(
    private readonly endpoint: { readonly url: string; readonly secret: string },
    private readonly fetch: typeof globalThis.fetch,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    super();
  }

  async find(wish: PolicyWish): Promise<FoundPolicy[]> {
    const url = new URL(this.endpoint.url);
    for (const [name, value] of Object.entries(wish)) if (value) url.searchParams.set(name, value);
    const answer = await this.ask(url);
    if (!answer.ok) throw new PolicySearchFailed(`answered ${answer.status}`);
    const items = itemsOf(await answer.json().catch(() => undefined));
    // Whatever it was found by there, the reason shown is one that we can see ourselves.
    return items.slice(0, MOST).flatMap((policy) => {
      const reason = reasonOf(policy, wish);
      return reason ? [{ ...policy, reason }] : [];
    });
  }

  private async ask(url: URL): Promise<Response> {
    const headers = { authorization: `Bearer ${this.endpoint.secret}`, accept: 'application/json' };
    try {
      return await this.fetch(url, { headers, signal: AbortSignal.timeout(this.patienceMs) });
    } catch (error) {
      throw new PolicySearchFailed(
        error instanceof Error && error.name === 'ForbiddenAddress' ? 'the address is not allowed' : 'no answer',
      );
    }
  }
}

function itemsOf(answer: unknown): Policy[] {
  const items = (answer as { items?: unknown } | undefined)?.items;
  if (!Array.isArray(items)) throw new PolicySearchFailed('the answer has no items');
  return items.map(policyOf);
}

function policyOf(item: unknown): Policy {
  const told = (item ?? {}) as Record<string, unknown>;
  const text = (name: string): string | null => (typeof told[name] === 'string' && told[name] !== '' ? told[name] : null);
  const day = (name: string): string | null => (isDay(text(name) ?? '') ? text(name) : null);
  const number = text('number');
  if (!number) throw new PolicySearchFailed('a policy in the answer has no number');
  return {
    number,
    lineOfBusiness: text('lineOfBusiness') ?? 'other',
    holder: text('holder') ?? '',
    phone: text('phone'),
    plate: text('plate'),
    startsOn: day('startsOn'),
    endsOn: day('endsOn'),
  };
}
