import type { Seal } from '@claimline/database';

/** The passwords and keys of a demo: made from the hub's secret, so that they are random per data folder and written down nowhere. */
export class DemoSecrets {
  constructor(private readonly seal: Seal) {}

  /** Eighty random bits in four groups that a person can copy. */
  passwordOf(email: string): string {
    return this.seal.sign(`demo password ${email}`).match(/.{4}/g)!.join('-');
  }

  /** The claim core's key. */
  get apiKey(): string {
    return `clk_demo_${this.seal.sign('demo key, first half')}${this.seal.sign('demo key, second half')}`;
  }

  /** Tells one secret from another without telling anything of it. */
  get proof(): string {
    return this.seal.sign('demo proof');
  }
}
