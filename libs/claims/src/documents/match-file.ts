import type { DocumentForm } from './checklist';
import type { DocumentState } from './document-item';

/** An item that a file may be for. */
export interface Candidate {
  readonly id: string;
  readonly state: DocumentState;
  readonly form: DocumentForm;
  /** Lower case. */
  readonly words: readonly string[];
}

/** A file that came. */
export interface ArrivedFile {
  readonly contentType: string;
  /** The words beside it and its own name. */
  readonly text: string;
  /** The item that the sender named, on our own page. */
  readonly namedItemId: string | null;
}

/** Why a file is thought to be for an item. */
export type MatchReason = 'named' | 'words' | 'only-one-asked' | 'photo' | 'kind';

/** The item that a file is for; `sure`: it counts as received, a person need not confirm. */
export interface Match {
  readonly itemId: string;
  readonly sure: boolean;
  readonly why: MatchReason;
}

const takes = ({ state }: Candidate): boolean => state !== 'accepted' && state !== 'waived';
const isAsked = ({ state }: Candidate): boolean => state === 'requested' || state === 'rejected';

/** What a file can be: a photograph may show a thing or a paper; a document is a paper; a voice message is neither. */
function formsOf(contentType: string): readonly DocumentForm[] {
  if (contentType.startsWith('image/')) return ['photo', 'paper'];
  if (contentType.startsWith('video/')) return ['photo'];
  return contentType.startsWith('audio/') ? [] : ['paper'];
}

const sole = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

/** Decides which item a file is for. Sure only where nothing else could be meant; else a suggestion with its reason, or nothing. */
export function matchFile(file: ArrivedFile, items: readonly Candidate[]): Match | undefined {
  const named = items.find(({ id }) => id === file.namedItemId);
  if (named && takes(named)) return { itemId: named.id, sure: true, why: 'named' };
  const forms = formsOf(file.contentType);
  const open = items.filter((item) => takes(item) && forms.includes(item.form));
  return byWords(file, open) ?? (file.contentType.startsWith('image/') ? byPhoto(open) : undefined) ?? byKind(open);
}

function byWords({ text }: ArrivedFile, open: readonly Candidate[]): Match | undefined {
  const said = text.toLowerCase();
  const meant = open.filter(({ words }) => words.some((word) => said.includes(word)));
  // A paper that is named wins over "photo", which people say of every picture.
  const item = sole(meant) ?? sole(meant.filter(({ form }) => form === 'paper'));
  return item && { itemId: item.id, sure: isAsked(item) || item.form === 'photo', why: 'words' };
}

// A picture without words shows the damage, unless papers were asked for and photographs were not.
function byPhoto(open: readonly Candidate[]): Match | undefined {
  const photos = sole(open.filter(({ form }) => form === 'photo'));
  const papers = open.filter((item) => item.form === 'paper' && isAsked(item));
  if (!photos) return undefined;
  const sure = isAsked(photos) || papers.length === 0;
  return sure ? { itemId: photos.id, sure: true, why: 'photo' } : undefined;
}

function byKind(open: readonly Candidate[]): Match | undefined {
  const asked = open.filter(isAsked);
  const only = sole(asked);
  if (only) return { itemId: only.id, sure: true, why: 'only-one-asked' };
  const first = asked[0] ?? sole(open.filter(({ state }) => state === 'open'));
  return first && { itemId: first.id, sure: false, why: 'kind' };
}
