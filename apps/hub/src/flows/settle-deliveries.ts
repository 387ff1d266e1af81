import { Database, Gathering, NoTurn, type Clock } from '@claimline/database';
import type { DeliveryRow } from '@claimline/delivery';
import { isDatabaseDown } from '../http/problem.filter';
import { SettleDelivery, type Settlement, type Tried } from './settle-delivery';

/** Writes down what tries came to, as soon as can be: those that end while others are being written share the next transaction. */
export class SettleDeliveries {
  private readonly gathering: Gathering<Tried, true>;

  constructor(database: Database, one: SettleDelivery, clock: Clock) {
    this.gathering = new Gathering<Tried, true>({
      together: (tried) =>
        database.transaction(async (tx) => new Map((await one.settleAll(tx, tried, clock.now())).map((written) => [written, true]))),
      alone: async ({ delivery, settlement }) => {
        await database.transaction((tx) => one.settle(tx, delivery, settlement, clock.now()));
        return true;
      },
      keyOf: ({ delivery }) => delivery.id,
      // What a vendor has taken is written down if anyhow possible: where only no turn was had, each tries for one of its own.
      isHopeless: (error) => isDatabaseDown(error) && !(error instanceof NoTurn),
    });
  }

  /** Resolves when it is on disk. */
  async settle(delivery: DeliveryRow, settlement: Settlement): Promise<void> {
    await this.gathering.do({ delivery, settlement });
  }
}
