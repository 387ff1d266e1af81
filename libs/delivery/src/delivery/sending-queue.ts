import { randomUUID } from 'node:crypto';
import type { Clock, Database } from '@claimline/database';
import { allow, spend } from '../inbox/circuit';
import type { Circuits } from '../inbox/circuits.repository';
import type { Inboxes } from '../inbox/inboxes.repository';
import type { Claim, Deliveries } from './deliveries.repository';
import type { DeliveryRow } from './delivery';

// Longer than any channel's own time-out, with room for a mail of 25 MB.
const LEASE_MS = 120_000;

/** Where senders take their work: what is due, as much as the line's rate and health allow. */
export class SendingQueue {
  constructor(
    private readonly database: Database,
    private readonly deliveries: Deliveries,
    private readonly inboxes: Inboxes,
    private readonly circuits: Circuits,
    private readonly clock: Clock,
  ) {}

  /** The inboxes that have something to send now. */
  waiting(): Promise<string[]> {
    return this.deliveries.waiting(this.database, this.clock.now());
  }

  /** Takes up to `wanted` deliveries of one inbox. Whoever takes them settles them, or they become uncertain when the lease runs out. */
  async take(inboxId: string, wanted: number): Promise<DeliveryRow[]> {
    const now = this.clock.now();
    const claim = { inboxId, limit: wanted, holder: randomUUID(), leaseUntil: new Date(now.getTime() + LEASE_MS), now };
    return (await this.deliveries.claimFreely(this.database, claim)) ?? this.takeCarefully(claim);
  }

  /** Of a line with a rate, or with trouble: what it may send now is counted under its lock. */
  private takeCarefully(claim: Claim): Promise<DeliveryRow[]> {
    const { inboxId, limit: wanted, now } = claim;
    return this.database.transaction(async (tx) => {
      const inbox = await this.inboxes.find(tx, inboxId);
      if (inbox?.state !== 'active') return [];
      const rate = inbox.sends_per_second;
      const before = rate === null ? await this.circuits.lock(tx, inboxId) : await this.circuits.lockFirm(tx, inboxId);
      const { count, circuit } = allow(before, { wanted, rate, now });
      if (count === 0) return [];
      const taken = await this.deliveries.claim(tx, { ...claim, limit: count });
      const isSame = circuit === before || (circuit.tokens === null && before.tokens === null && circuit.openUntil === before.openUntil);
      if (taken.length > 0 && !isSame) await this.circuits.save(tx, inboxId, spend(circuit, taken.length));
      return taken;
    });
  }
}
