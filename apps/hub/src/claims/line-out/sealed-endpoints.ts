import type { Queries, Seal, Transaction } from '@claimline/database';
import { Settings } from '@claimline/people';

/** A system of the house that we call: where, and with what. */
export interface Endpoint {
  readonly url: string;
  readonly secret: string;
}

interface Stored {
  readonly url: string | null;
  readonly keyId?: string;
  readonly sealed?: string;
  /** Written by the demo for this start; an administrator's own setting is left alone. */
  readonly demo?: boolean;
  /** Where a person reads a claim there; `{number}` stands for its number. */
  readonly claimPage?: string | null;
}

interface Given {
  readonly url: string | null;
  readonly secret?: string;
  readonly demo?: boolean;
  readonly claimPage?: string | null;
}

/** Settings rows of the form "address and sealed secret": the claim core (`claim-core`), the policy search (`policy-search`). */
export class SealedEndpoints {
  constructor(
    private readonly settings: Settings,
    private readonly seal: Seal,
  ) {}

  /** Undefined: nobody has set an address, or it was taken away. */
  async read(queries: Queries, key: string): Promise<Endpoint | undefined> {
    const stored = await this.settings.read<Stored>(queries, key);
    if (!stored?.url) return undefined;
    return { url: stored.url, secret: this.opened(stored) ?? '' };
  }

  /** What an administrator sees: never the secret itself. */
  async shown(queries: Queries, key: string): Promise<{ url: string | null; hasSecret: boolean; claimPage: string | null }> {
    const stored = await this.settings.read<Stored>(queries, key);
    return { url: stored?.url ?? null, hasSecret: stored?.sealed !== undefined, claimPage: stored?.claimPage ?? null };
  }

  async isOurs(queries: Queries, key: string): Promise<boolean> {
    const stored = await this.settings.read<Stored>(queries, key);
    return stored === undefined || stored.demo === true;
  }

  /** Writes the address; without a `secret` or a `claimPage` the one before stays. */
  async write(tx: Transaction, key: string, given: Given, change: { readonly at: Date; readonly by: string | null }): Promise<void> {
    const before = await this.settings.hold<Stored>(tx, key);
    const sealed = given.secret === undefined ? before && kept(before) : this.sealed(given.secret);
    const claimPage = given.claimPage === undefined ? before?.claimPage : given.claimPage;
    await this.settings.write(
      tx,
      key,
      { url: given.url, ...sealed, ...(given.demo && { demo: true }), ...(claimPage && { claimPage }) },
      change,
    );
  }

  private opened({ keyId, sealed }: Stored): string | undefined {
    if (!keyId || !sealed) return undefined;
    return this.seal.open({ keyId, sealed: Buffer.from(sealed, 'base64') }).toString('utf8');
  }

  private sealed(secret: string): { keyId: string; sealed: string } {
    const { keyId, sealed } = this.seal.seal(Buffer.from(secret));
    return { keyId, sealed: sealed.toString('base64') };
  }
}

const kept = ({ keyId, sealed }: Stored): Partial<Stored> => (keyId && sealed ? { keyId, sealed } : {});
