import { randomBytes } from 'node:crypto';
import type { Clock, Database, Seal } from '@claimline/database';
import { Settings } from '@claimline/people';
import { Webhook } from 'standardwebhooks';

const KEY = 'claims.webhook-secrets';
// The one before stays valid, so that the claim core can be changed without losing an event.
const KEPT = 2;

interface Stored {
  readonly secrets: readonly { readonly keyId: string; readonly sealed: string }[];
}

/** The secrets with which the claim core signs its events (Standard Webhooks 1.0.0). Kept sealed, shown once. */
export class ClaimEventSecrets {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** Makes the next secret and returns it, this once. */
  async make(by: string | null): Promise<string> {
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    await this.database.transaction(async (tx) => {
      const before = this.opened(await this.settings.hold<Stored>(tx, KEY));
      const kept = [secret, ...before].slice(0, KEPT).map((one) => this.sealed(one));
      await this.settings.write(tx, KEY, { secrets: kept }, { at: this.clock.now(), by });
    });
    return secret;
  }

  /** Whether one of our secrets signed these bytes, no longer than five minutes ago. */
  async isSigned(body: Buffer, headers: Readonly<Record<string, string | string[] | undefined>>): Promise<boolean> {
    const signed = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name] ?? '')]),
    );
    const secrets = this.opened(await this.settings.read<Stored>(this.database, KEY));
    return secrets.some((secret) => verifies(secret, body, signed));
  }

  private opened(value: Stored | undefined): string[] {
    return (value?.secrets ?? []).map(({ keyId, sealed }) =>
      this.seal.open({ keyId, sealed: Buffer.from(sealed, 'base64') }).toString('utf8'),
    );
  }

  private sealed(secret: string): { keyId: string; sealed: string } {
    const { keyId, sealed } = this.seal.seal(Buffer.from(secret));
    return { keyId, sealed: sealed.toString('base64') };
  }
}

function verifies(secret: string, body: Buffer, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}
