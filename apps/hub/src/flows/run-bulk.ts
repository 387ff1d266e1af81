import { BulkRuns, type BulkRunRow } from '@claimline/conversations';
import { Database, Outbox, Wakeups, type Clock, type Transaction } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Audit } from '@claimline/people';
import { HubProblem } from '../http/problem';
import { isDatabaseDown } from '../http/problem.filter';
import type { Worker } from '../workers';
import type { ActInBulk } from './act-in-bulk';

const LOOK_EVERY_MS = 1000;
// So many of one run, then the next run has its turn: twenty are not kept waiting by five thousand.
const AT_A_TURN = 20;

/** Goes on with everything that is to be done to many, item by item, each in a transaction of its own; several replicas share the work. */
export class RunBulk implements Worker {
  readonly name = 'bulk';

  constructor(
    private readonly database: Database,
    private readonly runs: BulkRuns,
    private readonly deeds: ActInBulk,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly world: { readonly wakeups: Wakeups; readonly clock: Clock; readonly log: Log },
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const running = await this.runs.running(this.database).catch((error: unknown) => this.trouble(error));
      let did = 0;
      for (const run of running) did += await this.turn(run, signal).catch(async (error: unknown) => (await this.trouble(error)).length);
      if (did === 0) await this.world.wakeups.wait('bulk', LOOK_EVERY_MS, signal);
    }
  }

  private async turn(run: BulkRunRow, signal: AbortSignal): Promise<number> {
    let did = 0;
    while (did < AT_A_TURN && !signal.aborted && (await this.one(run))) did += 1;
    const at = this.world.clock.now();
    await this.database.transaction(async (tx) => {
      const ended = did < AT_A_TURN && (await this.runs.finish(tx, run.id, at));
      if (did > 0 || ended) await this.tell(tx, run, { state: ended ? 'finished' : 'running', at });
    });
    return did;
  }

  /** False: nothing of this run waits. What is refused is written down in a second transaction, because the first is undone. */
  private async one(run: BulkRunRow): Promise<boolean> {
    const at = this.world.clock.now();
    const held: { place?: number } = {};
    try {
      return await this.database.transaction(async (tx) => {
        const item = await this.runs.next(tx, run.id);
        if (!item) return false;
        held.place = item.place;
        await this.runs.done(tx, item, await this.deeds.act(tx, run, item, at));
        await this.audited(tx, run, { conversationId: item.conversation_id, at });
        return true;
      });
    } catch (error) {
      // Nothing was done: it is still waiting and is done when the database is back.
      if (held.place === undefined || isDatabaseDown(error)) throw error;
      if (!(error instanceof HubProblem)) this.world.log.error({ runId: run.id, error: String(error) }, 'an item of a bulk run failed');
      const item = { run_id: run.id, place: held.place, conversation_id: '', before: null };
      await this.database.transaction((tx) => this.runs.refuse(tx, item, reasonOf(error)));
      return true;
    }
  }

  private audited(tx: Transaction, run: BulkRunRow, { conversationId, at }: { conversationId: string; at: Date }): Promise<void> {
    return this.audit.record(tx, {
      actor: { kind: 'account', id: run.by },
      action: `conversation.${run.kind}`,
      subject: 'conversation',
      subjectId: conversationId,
      facts: { bulkRun: run.id },
      at,
    });
  }

  private tell(tx: Transaction, run: BulkRunRow, { state, at }: { state: string; at: Date }): Promise<void> {
    return this.outbox.append(tx, at, [{ type: 'bulk.changed', conversationId: null, payload: { runId: run.id, state } }]);
  }

  // The database is away: the item is still waiting and is taken up again.
  private async trouble(error: unknown): Promise<[]> {
    this.world.log.error({ error: String(error) }, 'bulk work was interrupted');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS).unref());
    return [];
  }
}

/** Why it was not done: what the hub knows by a code; for an assignment the obstacle itself. */
function reasonOf(error: unknown): string {
  if (!(error instanceof HubProblem)) return 'internal';
  return typeof error.params['why'] === 'string' && error.code === 'not-allowed' ? error.params['why'] : error.code;
}
