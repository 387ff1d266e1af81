import type { Returns } from './adjuster';
import type { Work } from './work';

/** What a conversation asks of whoever handles it, as it was when it last came to the router. Stored with the work item. */
export interface Needs {
  readonly brandId: string;
  readonly channel: string;
  /** BCP 47 tag of what the customer speaks; null: not known. */
  readonly language: string | null;
  readonly line: string | null;
  /** Region of the claim (`US-CA`, `CN`); null: no claim, so no licence is needed. */
  readonly jurisdiction: string | null;
  readonly claimNumber: string | null;
  /** Only members of this group may see it. */
  readonly restrictedTo: string | null;
  /** Accounts that must not handle it: complained about, decided before, or gave it back. */
  readonly recused: readonly string[];
  readonly declined: readonly string[];
  /** The sum that is to be talked about; null outside of settlement talks. */
  readonly authority: { readonly amount: string; readonly currency: string } | null;
  readonly ownerId: string | null;
  readonly coHandlerIds: readonly string[];
  /** Whose own address the customer's last mail named; null or left out: nobody's. */
  readonly addressedTo?: string | null;
  /** Whose it is now. */
  readonly assigneeId: string | null;
  /** For whom the assignee stands in, and when it goes back; null: it is their own. */
  readonly standIn: { readonly for: string; readonly returns: Returns } | null;
  /** Who handled the customer's last conversation. `at` is ISO 8601. */
  readonly lastHandler: { readonly id: string; readonly at: string; readonly returns: Returns | null } | null;
  readonly labels: readonly string[];
}

/** A conversation that waits for an adjuster. */
export interface WorkToPlace {
  readonly work: Work;
  readonly units: number;
  readonly needs: Needs;
  /** When the first ring opened. */
  readonly ringSince: Date;
}
