import { Contacts } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { reaches } from '../conversations/outlets';
import type { Outlet } from '../flows/send-reply';
import { OpenInboxes } from '../inbound/open-inboxes';

/** A way to exactly one address of somebody's: for codes, and for what an old address has to hear. */
export interface Way {
  readonly outlet: Outlet;
  readonly brandId: string;
}

/** Finds the line that reaches one address, and no other address instead. */
export class DirectWays {
  constructor(
    private readonly inboxes: OpenInboxes,
    private readonly contacts: Contacts,
  ) {}

  /** Undefined where none of our lines reaches it. A line of the brand stands first. */
  async to(queries: Queries, to: { readonly contactId: string; readonly addressId: string }, brandId?: string): Promise<Way | undefined> {
    const address = (await this.contacts.addressesOf(queries, to.contactId)).find(({ id }) => id === to.addressId);
    if (!address) return undefined;
    const lines = (await this.inboxes.all()).filter(
      (inbox) => inbox.state === 'active' && !inbox.kindOf.capabilities.calls && reaches(inbox, address),
    );
    const line = lines.find((inbox) => inbox.brandId === brandId) ?? lines[0];
    return (
      line && {
        brandId: line.brandId,
        outlet: { inboxId: line.id, channel: line.kind, to: { value: address.value, addressId: address.id }, cc: [] },
      }
    );
  }
}
