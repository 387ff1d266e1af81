import type { Clock, Transaction } from '@claimline/database';
import type { ClaimChange } from './change';
import { applyChange, type ClaimMirror } from './claim';
import type { ClaimRepository } from './claim.repository';
import type { ClaimSurroundings } from './intake';
import { reachable, type ReachableParty } from './taken';

/** One line of an import, read and checked. */
export interface ImportLine {
  readonly line: number;
  readonly change: ClaimChange;
}

/** What a batch of lines did. */
export interface ImportResult {
  readonly applied: number;
  /** Lines whose version we already had: importing twice changes nothing. */
  readonly unchanged: number;
  readonly errors: readonly { readonly line: number; readonly field: string; readonly problem: string }[];
  readonly parties: readonly ReachableParty[];
}

type Applied = { readonly mirror: ClaimMirror; readonly changes: readonly ClaimChange[] };

/** Loads claims in bulk. It tells nobody: an import is a copy of how things stand, not news. */
export class ClaimImport {
  constructor(
    private readonly claims: ClaimRepository,
    private readonly surroundings: ClaimSurroundings,
    private readonly clock: Clock,
  ) {}

  /** One batch, some hundred lines, in the caller's transaction. Several lines of one claim count in their order. */
  async load(tx: Transaction, lines: readonly ImportLine[]): Promise<ImportResult> {
    const now = this.clock.now();
    const held = await this.claims.hold(
      tx,
      lines.map(({ change }) => change.claimNumber),
    );
    const look = await this.lookUp(tx, lines, now);
    const errors: { line: number; field: string; problem: string }[] = [];
    const applied = new Map<string, Applied>();
    let unchanged = 0;
    for (const { line, change } of lines) {
      const before = applied.get(change.claimNumber);
      const mirror = before?.mirror ?? held.get(change.claimNumber);
      const decision = applyChange(mirror, change, {
        ...look,
        brandId: mirror?.brandId ?? look.brands.get(change.brand ?? '')!,
        confirmed: true,
      });
      if (decision.outcome === 'applied')
        applied.set(change.claimNumber, { mirror: decision.mirror, changes: [...(before?.changes ?? []), change] });
      else if (decision.outcome === 'stale') unchanged += 1;
      else errors.push({ line, field: FIELD[decision.outcome], problem: decision.detail });
    }
    const saved = await this.save(tx, [...applied.values()], now);
    return { applied: lines.length - unchanged - errors.length, unchanged, errors, parties: saved };
  }

  private async lookUp(tx: Transaction, lines: readonly ImportLine[], occurredAt: Date) {
    const handlers = lines.flatMap(({ change }) =>
      [change.handler, ...(change.coHandlers ?? [])].flatMap((handler) => handler?.externalId ?? []),
    );
    const brands = new Map<string, string>();
    for (const key of new Set(lines.map(({ change }) => change.brand ?? '')))
      brands.set(key, await this.surroundings.brandOf(tx, key || undefined));
    return {
      occurredAt,
      brands,
      accounts: await this.surroundings.accountsOf(tx, [...new Set(handlers)]),
      codes: await this.surroundings.stageCodes(tx),
    };
  }

  private async save(tx: Transaction, applied: readonly Applied[], now: Date): Promise<ReachableParty[]> {
    const saved = await this.claims.save(
      tx,
      applied.map(({ mirror }) => mirror),
      now,
    );
    return saved.flatMap((claim, index) => parties(claim, applied[index]!.changes));
  }
}

const FIELD = { 'unknown-stage': 'stage', anomaly: 'exposure', conflict: 'claimId' } as const;

/** Of several lines about one party, what came last is how to reach it. */
function parties(claim: ClaimMirror, changes: readonly ClaimChange[]): ReachableParty[] {
  return [...new Map(changes.flatMap((change) => reachable(claim, change)).map((party) => [party.partyId, party])).values()];
}
