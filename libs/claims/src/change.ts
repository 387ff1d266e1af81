/** A party as the claim core tells it. The ways to reach it are not kept here: the conversations room makes contacts and addresses of them. */
export interface ToldParty {
  readonly externalId: string;
  readonly role: string;
  readonly name?: string;
  readonly kind?: 'person' | 'organisation';
  readonly language?: string;
  /** IANA name. */
  readonly timeZone?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly wechat?: string;
  /** External id of the party that acts for this one; null: nobody any more. */
  readonly representedBy?: string | null;
  readonly deceased?: boolean;
  /** Our own id of the contact, where the claim core got it with a report. */
  readonly contact?: string;
}

/** What is claimed by whom, as the claim core tells it. `stage` in the claim core's own code. */
export interface ToldExposure {
  readonly externalId: string;
  readonly kind: string;
  /** External id of its party. */
  readonly party: string;
  readonly stage?: string;
  readonly subStatus?: string;
}

/** What one claim event says (channel-contracts.md §3.9). Absent means unchanged; codes are the claim core's. */
export interface ClaimChange {
  readonly claimId?: string;
  readonly claimNumber: string;
  /** Ascends with every change of this claim; gaps are events that we did not get. */
  readonly version: number;
  readonly previousStage?: string;
  readonly stage?: string;
  readonly subStatus?: string;
  readonly lineOfBusiness?: string;
  readonly jurisdiction?: string;
  readonly lossDate?: string;
  readonly policyNumber?: string;
  readonly plate?: string;
  readonly policyholder?: { readonly externalId: string };
  readonly handler?: { readonly externalId: string; readonly name?: string } | null;
  readonly coHandlers?: readonly { readonly externalId: string }[];
  readonly parties?: readonly ToldParty[];
  readonly exposures?: readonly ToldExposure[];
  /** The exposure that `stage` is about; absent: the claim as a whole. */
  readonly exposure?: { readonly externalId: string };
  readonly amounts?: Readonly<Record<string, { readonly value: string; readonly currency: string }>>;
  readonly reasonCode?: string;
  readonly nextStep?: string;
  /** ISO date. */
  readonly promisedBy?: string;
  readonly flags?: readonly string[];
  readonly catastrophe?: string | null;
  /** The brand's key. */
  readonly brand?: string;
  readonly facts?: Readonly<Record<string, string>>;
  /** The report of ours that this claim was made of. */
  readonly draftId?: string;
}
