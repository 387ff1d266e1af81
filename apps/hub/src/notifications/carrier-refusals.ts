import type { Transaction } from '@claimline/database';
import { RecordConsent } from '../flows/record-consent';
import { CarrierOptOuts, type CarrierOptOut } from '../flows/settle-delivery';

/** What a carrier says of somebody who has opted out there goes into the ledger. */
export class CarrierRefusals extends CarrierOptOuts {
  constructor(private readonly consent: RecordConsent) {
    super();
  }

  record(tx: Transaction, said: CarrierOptOut): Promise<void> {
    return this.consent.refused(tx, said);
  }
}
