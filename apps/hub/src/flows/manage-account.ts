import { randomBytes } from 'node:crypto';
import type { Clock, Database, Transaction } from '@claimline/database';
import { hashPassword, type AccountRow, type Accounts, type Audit, type AuditEntry, type Sessions, type Teams } from '@claimline/people';
import type { NewStaffAccount, StaffProfile, UpdateStaffAccount } from '@claimline/protocol';
import type { Adjusters } from '@claimline/routing';
import type { z } from 'zod';
import type { Config } from '../config';
import { found, HubProblem } from '../http/problem';
import type { Principal } from '../http/principal';
import type { BrandView } from '../views/brand.view';

/** What {@link ManageAccount} needs of staff. */
export interface StaffRooms {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly teams: Teams;
  readonly adjusters: Adjusters;
  readonly audit: Audit;
}

/** A new account with everything filled in that may be left out. */
type NewAccountWish = z.output<typeof NewStaffAccount>;

// 112 random bits in letters that can be read out: somebody types it once, then chooses their own.
const firstPassword = (): string => randomBytes(14).toString('base64url');
const TAKEN = '23505';

/** Makes, changes and closes the accounts of people, with what the router knows of them. */
export class ManageAccount {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffRooms,
    private readonly brands: BrandView,
    private readonly config: Pick<Config, 'demo'>,
    private readonly clock: Clock,
  ) {}

  /** @throws HubProblem `already-exists` where somebody has this address or this id of the claim core */
  async make(who: Principal, { profile, ...said }: NewAccountWish): Promise<{ id: string; password: string }> {
    const password = firstPassword();
    const passwordHash = await hashPassword(password);
    const id = await this.unlessTaken(async (tx) => {
      const made = await this.staff.accounts.make(tx, { ...said, passwordHash, demo: this.config.demo }, this.clock.now());
      if (profile) await this.putProfile(tx, made, profile, said.groups);
      await this.note(tx, who, { action: 'account.make', subjectId: made, facts: { role: said.role } });
      return made;
    });
    return { id, password };
  }

  /** @throws HubProblem `not-found`, `last-administrator`, `already-exists` */
  async change(who: Principal, id: string, { profile, externalId, ...said }: UpdateStaffAccount): Promise<void> {
    await this.unlessTaken(async (tx) => {
      const before = found(await this.only(tx, id));
      const stepsBack = said.active === false || (said.role !== undefined && said.role !== 'administrator');
      if (before.role === 'administrator' && before.active && stepsBack) await this.refuseLast(tx, id);
      const after = found(await this.staff.accounts.change(tx, id, { ...said, external_id: externalId }));
      await this.putProfile(tx, id, { ...profile, active: after.active }, after.groups);
      if (!after.active) await this.staff.sessions.endAll(tx, id);
      await this.note(tx, who, { action: 'account.change', subjectId: id, facts: { role: after.role, active: after.active } });
    });
  }

  /** A new password for somebody who has lost theirs; they are signed out everywhere. @throws HubProblem `not-found` */
  async renewPassword(who: Principal, id: string): Promise<string> {
    const password = firstPassword();
    const passwordHash = await hashPassword(password);
    await this.database.transaction(async (tx) => {
      if (!(await this.staff.accounts.setPassword(tx, id, passwordHash))) throw new HubProblem('not-found');
      await this.staff.sessions.endAll(tx, id);
      await this.note(tx, who, { action: 'account.renew-password', subjectId: id, facts: {} });
    });
    return password;
  }

  private async putProfile(
    tx: Transaction,
    id: string,
    { teams, ...profile }: Partial<StaffProfile> & { readonly active?: boolean },
    groups: readonly string[],
  ): Promise<void> {
    const brand = await this.brands.first([]);
    const teamIds = teams && (await this.staff.teams.named(tx, brand.id, teams, this.clock.now()));
    const known = await this.staff.adjusters.find(tx, id);
    // Somebody who takes no work has no profile; closing their account makes none.
    if (!known && teams === undefined && Object.keys(profile).every((key) => key === 'active')) return;
    await this.staff.adjusters.put(tx, id, { ...profile, teamIds, groups });
  }

  private async refuseLast(tx: Transaction, id: string): Promise<void> {
    if ((await this.staff.accounts.administratorsBeside(tx, id)) === 0) throw new HubProblem('last-administrator');
  }

  private async only(tx: Transaction, id: string): Promise<AccountRow | undefined> {
    return (await this.staff.accounts.all(tx)).find((account) => account.id === id);
  }

  private async unlessTaken<Done>(work: (tx: Transaction) => Promise<Done>): Promise<Done> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      if ((error as { code?: string }).code === TAKEN) throw new HubProblem('already-exists');
      throw error;
    }
  }

  private note(tx: Transaction, who: Principal, done: Pick<AuditEntry, 'action' | 'subjectId' | 'facts'>): Promise<void> {
    const actor = { kind: who.kind, id: who.id };
    return this.staff.audit.record(tx, { actor, subject: 'account', at: this.clock.now(), ...done });
  }
}
