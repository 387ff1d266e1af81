import { ClaimImport, type ImportLine, type ImportResult } from '@claimline/claims';
import { Database, type Clock } from '@claimline/database';
import type { EnrollParties } from './enroll-parties';
import { fillChecklists, type ClaimPapers } from './fill-checklists';

/** Loads claims in bulk, a few hundred at a time: what is loaded stays loaded when a later batch fails, and a second import goes on from there. */
export class ImportClaims {
  constructor(
    private readonly database: Database,
    private readonly claims: ClaimImport,
    private readonly parties: EnrollParties,
    private readonly papers: ClaimPapers,
    private readonly clock: Clock,
  ) {}

  async load(lines: readonly ImportLine[]): Promise<ImportResult> {
    return this.database.transaction(async (tx) => {
      const result = await this.claims.load(tx, lines);
      await this.parties.enroll(tx, result.parties, this.clock.now());
      if (result.applied > 0) await fillChecklists(tx, this.papers, numbersOf(lines), this.clock.now());
      return result;
    });
  }
}

const numbersOf = (lines: readonly ImportLine[]): string[] => [...new Set(lines.map(({ change }) => change.claimNumber))];
