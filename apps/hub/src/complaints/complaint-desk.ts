import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import type { Complaint } from '@claimline/protocol';
import type { ByPerson } from '../flows/handle-complaint';
import { found, HubProblem } from '../http/problem';
import type { Principal } from '../http/principal';
import { ComplaintView } from '../views/complaint.view';

/** Carries out what somebody does with a complaint: one transaction, an entry in the audit, and the complaint as it is then. */
export class ComplaintDesk {
  constructor(
    private readonly database: Database,
    private readonly view: ComplaintView,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async show(who: Principal, id: string): Promise<Complaint> {
    return found(await this.view.show(who, id));
  }

  /** `work` returns the complaint's id. */
  async act(who: Principal, action: string, work: (tx: Transaction, by: ByPerson) => Promise<string>): Promise<Complaint> {
    if (who.kind !== 'account') throw new HubProblem('not-allowed');
    const at = this.clock.now();
    const id = await this.database.transaction(async (tx) => {
      const subjectId = await work(tx, { who, at });
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: `complaint.${action}`,
        subject: 'complaint',
        subjectId,
        at,
      });
      return subjectId;
    });
    return await this.show(who, id);
  }
}
