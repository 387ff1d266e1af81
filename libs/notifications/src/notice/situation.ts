import type { Language } from '@claimline/messages';
import type { OutgoingLine } from '../channel-family';
import type { Addressee } from '../template/salutation';

/** A change of a claim, as the claims room told it. */
export interface ChangeToTell {
  readonly claimEventId: string;
  readonly stage: string;
  readonly subStatus: string | null;
  readonly stageChanged: boolean;
  readonly handlerReplaced: boolean;
  /** The exposure that moved; null: the claim as a whole. */
  readonly exposureId: string | null;
  readonly occurredAt: Date;
  /** The party that is meant, where the change itself names one; else it is found by the exposure. */
  readonly partyId?: string | null;
}

/** A party as notices see it. */
export interface NoticeParty {
  readonly id: string;
  readonly role: string;
  readonly contactId: string | null;
  readonly language: string | null;
  /** The party that acts for this one. */
  readonly representedBy: string | null;
}

/** A claim as notices see it. What is not here (reserves, investigation, internal notes) can never be told. */
export interface NoticeClaim {
  readonly id: string;
  readonly number: string;
  readonly handlerName: string | null;
  readonly handlerPhone: string | null;
  readonly nextStep: string | null;
  /** ISO date. */
  readonly promisedBy: string | null;
  readonly facts: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  readonly parties: readonly NoticeParty[];
  readonly exposures: readonly { readonly id: string; readonly partyId: string | null }[];
}

/** The brand in whose name is spoken. */
export interface NoticeBrand {
  readonly id: string;
  readonly name: string;
  readonly defaultLanguage: Language;
  readonly timeZone: string;
  readonly helpPhone: string | null;
  readonly officeHours: string | null;
}

/** Where somebody is reached; best first in a list. */
export interface NoticeAddress {
  readonly id: string;
  readonly scheme: string;
  readonly scope: string;
  readonly value: string;
  /** Why it is of no use: a dead number, a bounce. */
  readonly unusable: string | null;
  /** Others are reached there too: nothing of a claim is told there. */
  readonly shared?: boolean;
}

/** A contact as notices see it. */
export interface NoticePerson extends Addressee {
  readonly contactId: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly deceased: boolean;
  readonly addresses: readonly NoticeAddress[];
  /** The channel kind by which this person last wrote, and when. */
  readonly lastChannel: string | null;
  readonly lastInboundAt: Date | null;
}

/** Everything that a notice is decided from. */
export interface NoticeSituation {
  readonly change: ChangeToTell;
  readonly claim: NoticeClaim;
  readonly brand: NoticeBrand;
  /** By contact id: every party's contact. */
  readonly people: ReadonlyMap<string, NoticePerson>;
  readonly lines: readonly OutgoingLine[];
  /** Words beside those of the claim: how many documents, where they are uploaded. Each goes only where it may. */
  readonly words?: Readonly<Record<string, string>>;
  /** Codes of notices that would say again what the customer was told already. */
  readonly toldAlready?: readonly string[];
}
