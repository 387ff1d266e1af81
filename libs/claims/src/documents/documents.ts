import type { Queries, Transaction } from '@claimline/database';
import type { ClaimMirror } from '../claim';
import { wantedItems, type ChecklistBook, type WantedItem } from './checklist';
import type { DocumentRequests } from './document-requests.repository';
import type { DocumentFile, DocumentItem, DocumentRequest } from './documents.entity';
import type { DocumentStore, NewItem } from './documents.repository';
import { isMissing } from './document-item';

/** Where the lists of wanted documents are kept; bound to the settings. */
export abstract class ChecklistSource {
  abstract read(queries: Queries): Promise<ChecklistBook>;
}

/** Everything that is known of a claim's documents. */
export interface DocumentFolder {
  readonly items: readonly DocumentItem[];
  readonly files: readonly DocumentFile[];
  readonly requests: readonly DocumentRequest[];
}

/** The checklists of claims: made from the lists when a claim enters, read by everybody. */
export class Documents {
  constructor(
    private readonly store: DocumentStore,
    private readonly requests: DocumentRequests,
    private readonly source: ChecklistSource,
  ) {}

  book(queries: Queries): Promise<ChecklistBook> {
    return this.source.read(queries);
  }

  /** Adds what claims want and their checklists do not have. Nothing is ever removed, and nobody is told: the claim's own event says that it has changed. */
  async fill(tx: Transaction, claims: readonly ClaimMirror[], at: Date): Promise<number> {
    const living = claims.filter(({ id, stage }) => id !== null && stage !== 'closed');
    if (living.length === 0) return 0;
    const book = await this.source.read(tx);
    const held = await this.store.items(
      tx,
      living.map(({ id }) => id!),
    );
    const missing: NewItem[] = [];
    for (const claim of living) missing.push(...(await this.missingOf(tx, claim, { book, held })));
    return this.store.addItems(tx, missing, at);
  }

  async folder(queries: Queries, claimId: string): Promise<DocumentFolder> {
    const [items, files, requests] = [
      await this.store.items(queries, [claimId]),
      await this.store.files(queries, claimId),
      await this.requests.ofClaim(queries, claimId),
    ];
    return { items, files, requests };
  }

  /** What a party still owes, asked for or not. */
  async missing(queries: Queries, claimId: string, partyId: string | null): Promise<DocumentItem[]> {
    const items = await this.store.items(queries, [claimId]);
    return items.filter((item) => item.partyId === partyId && isMissing(item.state));
  }

  private async missingOf(
    tx: Transaction,
    claim: ClaimMirror,
    { book, held }: { book: ChecklistBook; held: readonly DocumentItem[] },
  ): Promise<NewItem[]> {
    const own = held.filter(({ claimId }) => claimId === claim.id);
    const wanted = wantedItems(claim, book);
    const owner = wanted.find(({ partyId }) => partyId !== null)?.partyId;
    if (owner && own.some(({ partyId }) => partyId === null)) await this.store.giveItems(tx, claim.id!, owner);
    return missingItems(claim, wanted, own).map((item) => ({ ...item, claimId: claim.id! }));
  }
}

const OUTSIDE = ['third-party', 'third_party', 'claimant', 'beneficiary'];

/** What is not on the list yet. What the owner was asked for as reporter is not asked for again of the same side as policyholder. */
export function missingItems(
  { parties }: Pick<ClaimMirror, 'parties'>,
  wanted: readonly WantedItem[],
  own: readonly Pick<DocumentItem, 'partyId' | 'code'>[],
): WantedItem[] {
  const outside = new Set(parties.filter(({ role }) => OUTSIDE.includes(role)).map(({ id }) => id));
  return wanted.filter(({ partyId, code }) => {
    const same = own.filter((item) => item.code === code);
    const isOutside = partyId !== null && outside.has(partyId);
    return isOutside ? !same.some((item) => item.partyId === partyId) : !same.some((item) => !item.partyId || !outside.has(item.partyId));
  });
}
