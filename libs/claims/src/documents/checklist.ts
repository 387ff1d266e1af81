import type { Language } from '@claimline/messages';
import type { ClaimMirror, Party } from '../claim';

/** When an item is wanted only sometimes. */
export const CHECKLIST_CONDITIONS = ['injury', 'third-party', 'injury-or-third-party'] as const;
export type ChecklistCondition = (typeof CHECKLIST_CONDITIONS)[number];

/** Of whom an item is asked: whoever owns the policy, everybody who claims from outside, or whoever the policy favours. */
export const CHECKLIST_PARTIES = ['owner', 'third-party', 'beneficiary'] as const;
export type ChecklistParty = (typeof CHECKLIST_PARTIES)[number];

/** What a file for an item usually is: photographs of the thing, or a paper (a scan, a PDF, a photograph of it). */
export const DOCUMENT_FORMS = ['photo', 'paper'] as const;
export type DocumentForm = (typeof DOCUMENT_FORMS)[number];

type Texts = Readonly<Record<Language, string>>;

/** A kind of document: what it is called, how to make a good one, and the words by which a file of it is known. */
export interface DocumentKind {
  readonly code: string;
  readonly label: Texts;
  readonly help: Texts;
  readonly form: DocumentForm;
  /** Its very name tells of somebody's health or identity: never named where others may look over the shoulder. */
  readonly sensitive: 'health' | 'identity' | null;
  /** Words in a message or a file's name, lower case. */
  readonly words: readonly string[];
}

/** What claims of a line (and, where named, of one kind of loss) need: the legal minimum and nothing more. */
export interface Checklist {
  readonly line: string;
  /** A value of the claim's fact `lossKind`; null: any. */
  readonly lossKind: string | null;
  readonly items: readonly { readonly code: string; readonly when: ChecklistCondition | null; readonly from: ChecklistParty }[];
}

/** Every kind of document and every list, as administrators keep them. */
export interface ChecklistBook {
  readonly kinds: readonly DocumentKind[];
  readonly lists: readonly Checklist[];
}

/** One thing that is wanted of one party. */
export interface WantedItem {
  /** Null: the claim has no such party yet. */
  readonly partyId: string | null;
  readonly code: string;
  readonly place: number;
}

const OWNERS = ['policyholder', 'insured', 'reporter'];
const OUTSIDERS = ['third-party', 'third_party', 'claimant'];
const INJURY = /injur|bodily|medical|伤/i;
const YES = /^(?:yes|true|1|是)$/i;

type Circumstances = Pick<ClaimMirror, 'flags' | 'facts' | 'exposures' | 'parties'>;

const isHurt = ({ flags, facts, exposures }: Circumstances): boolean =>
  flags.includes('injury') || YES.test(facts['injury'] ?? '') || exposures.some(({ kind }) => INJURY.test(kind));
const hasOutsider = ({ parties }: Circumstances): boolean => parties.some(({ role }) => OUTSIDERS.includes(role));

const HOLDS: Readonly<Record<ChecklistCondition, (claim: Circumstances) => boolean>> = {
  injury: isHurt,
  'third-party': hasOutsider,
  'injury-or-third-party': (claim) => isHurt(claim) || hasOutsider(claim),
};

/** The parties that an item is asked of; the owner's where there is none of the wanted kind. */
function partiesFor(from: ChecklistParty, parties: readonly Party[]): (string | null)[] {
  const owner = OWNERS.map((role) => parties.find((party) => party.role === role)).find(Boolean) ?? parties[0];
  if (from === 'third-party') return parties.filter(({ role }) => OUTSIDERS.includes(role)).map(({ id }) => id);
  const favoured = parties.filter(({ role }) => role === 'beneficiary');
  return from === 'beneficiary' && favoured.length > 0 ? favoured.map(({ id }) => id) : [owner?.id ?? null];
}

/** The list for a claim: of its line and kind of loss, else of its line, else of every other line. */
export function checklistOf(claim: Pick<ClaimMirror, 'lineOfBusiness' | 'facts'>, { lists }: ChecklistBook): Checklist | undefined {
  const ofLine = lists.filter(({ line }) => line === claim.lineOfBusiness);
  const own = ofLine.find(({ lossKind }) => lossKind !== null && lossKind === claim.facts['lossKind']);
  return (
    own ?? ofLine.find(({ lossKind }) => lossKind === null) ?? lists.find(({ line, lossKind }) => line === 'other' && lossKind === null)
  );
}

/** What a claim needs as things stand, party by party. */
export function wantedItems(claim: ClaimMirror, book: ChecklistBook): WantedItem[] {
  const items = checklistOf(claim, book)?.items ?? [];
  return items.flatMap(({ code, when, from }, place) =>
    when !== null && !HOLDS[when](claim) ? [] : partiesFor(from, claim.parties).map((partyId) => ({ partyId, code, place })),
  );
}

/** What is wrong with a book that somebody wants to publish; empty when nothing is. */
export function bookProblems(book: ChecklistBook): { path: string; problem: string }[] {
  const codes = book.kinds.map(({ code }) => code);
  const doubled = codes.filter((code, index) => codes.indexOf(code) !== index);
  const unknown = book.lists.flatMap(({ line, items }) =>
    items.filter(({ code }) => !codes.includes(code)).map(({ code }) => ({ path: `lists.${line}`, problem: `nobody describes "${code}"` })),
  );
  const twice = book.lists.flatMap(({ line, items }) =>
    items
      .filter(({ code, from }, index) => items.findIndex((one) => one.code === code && one.from === from) !== index)
      .map(({ code }) => ({ path: `lists.${line}`, problem: `"${code}" stands there twice` })),
  );
  const missing = book.lists.some(({ line, lossKind }) => line === 'other' && lossKind === null)
    ? []
    : [{ path: 'lists', problem: 'the list for every other line is missing' }];
  return [...doubled.map((code) => ({ path: 'kinds', problem: `"${code}" stands there twice` })), ...unknown, ...twice, ...missing];
}
