import type { AddressRow, ContactRow } from '../contact/contacts.repository';

/** What is known of one of two contacts that may be the same person. */
export interface MergeSide {
  readonly contact: ContactRow;
  readonly addresses: readonly AddressRow[];
  /** Claims that they are a party of, by number. */
  readonly claims: readonly string[];
  /** Open conversations, by the claim that they are about; null: none yet. */
  readonly open: readonly { readonly id: string; readonly claimNumber: string | null }[];
}

/** Something that the two do not agree on, and that a person decides or at least sees before they become one. */
export interface MergeConflict {
  readonly about: 'name' | 'language' | 'salutation' | 'time-zone' | 'core-id' | 'deceased' | 'open-conversation';
  /** Of the one that stays, of the one that goes. */
  readonly kept: string | null;
  readonly other: string | null;
}

/** Why two contacts can never be one. */
export type MergeRefusal = 'same' | 'shared-address' | 'merged-already';

/** Whether two contacts may become one at all. */
export function mergeRefusal(kept: ContactRow, other: ContactRow, merged: readonly boolean[]): MergeRefusal | undefined {
  if (kept.id === other.id) return 'same';
  if (kept.kind === 'shared' || other.kind === 'shared') return 'shared-address';
  return merged.some(Boolean) ? 'merged-already' : undefined;
}

/** What the two do not agree on. Consents are no conflict: they belong to addresses, and every opt-out stays. */
export function mergeConflicts(kept: MergeSide, other: MergeSide): MergeConflict[] {
  const told = (about: MergeConflict['about'], ours: string | null, theirs: string | null): MergeConflict[] =>
    theirs !== null && ours !== null && ours !== theirs ? [{ about, kept: ours, other: theirs }] : [];
  const same = other.open.filter(({ claimNumber }) => kept.open.some((one) => one.claimNumber === claimNumber));
  return [
    ...told('name', kept.contact.name, other.contact.name),
    ...told('language', kept.contact.language, other.contact.language),
    ...told('salutation', kept.contact.salutation, other.contact.salutation),
    ...told('time-zone', kept.contact.time_zone, other.contact.time_zone),
    ...told('core-id', kept.contact.external_id, other.contact.external_id),
    ...told('deceased', String(kept.contact.deceased), String(other.contact.deceased)),
    ...same.map(({ claimNumber }) => ({ about: 'open-conversation' as const, kept: claimNumber, other: claimNumber })),
  ];
}
