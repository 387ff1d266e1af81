import {
  asksOnce,
  claimVisibleTo,
  Documents,
  isHeld,
  isMissing,
  mayReadClaim,
  type ChecklistBook,
  type DocumentFolder,
} from '@claimline/claims';
import type { Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { ClaimDocuments, DocumentFile, DocumentItem, DocumentRounds } from '@claimline/protocol';

/** The claim of a checklist, as far as its rules look at it. */
export interface DocumentsClaim {
  readonly id: string;
  readonly number: string;
  readonly jurisdiction: string;
  readonly line: string;
  readonly flags: readonly string[];
  readonly brand_id: string;
}

interface Named {
  readonly id: string;
  readonly name: string;
}
type PartyRow = Named & { readonly role: string };
type FileRow = Pick<DocumentFile, 'attachmentId' | 'name' | 'contentType' | 'hasThumbnail' | 'conversationId'> & {
  readonly size: string | null;
};

interface Known {
  readonly book: ChecklistBook;
  readonly parties: readonly PartyRow[];
  readonly people: readonly Named[];
  readonly files: readonly OwnedFile[];
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Checklists as people read them: labels, names, files, and what may be asked. */
export class DocumentsView {
  constructor(
    private readonly queries: Queries,
    private readonly documents: Documents,
  ) {}

  /** Undefined where there is none, or none that this reader may see. */
  async claim(queries: Queries, viewer: Viewer, number: string): Promise<DocumentsClaim | undefined> {
    const [row] = await queries.query<DocumentsClaim>({
      name: 'documents-claim',
      text: 'SELECT id, number, jurisdiction, line_of_business AS line, flags, brand_id FROM claims WHERE number = $1',
      values: [number],
    });
    return row && mayReadClaim(viewer, row) ? row : undefined;
  }

  async show(claim: DocumentsClaim, queries: Queries = this.queries): Promise<ClaimDocuments> {
    const folder = await this.documents.folder(queries, claim.id);
    const known = await this.known(queries, claim, folder);
    const items = folder.items.map((item) => itemOf(item, known));
    const told = folder.requests.filter(({ kind, state, partyId }) => kind === 'request' && state === 'told' && partyId !== null);
    return {
      claim: claim.number,
      line: claim.line,
      counts: {
        total: items.length,
        have: items.filter(({ state }) => isHeld(state) || state === 'waived').length,
        missing: items.filter(({ state }) => isMissing(state)).length,
        toReview: items.filter(({ state, files }) => state === 'received' || files.some((file) => file.state === 'suggested')).length,
      },
      items,
      unmatched: known.files.filter((file) => file.state === 'unmatched'),
      requests: folder.requests.map((request) => ({
        id: request.id,
        kind: request.kind,
        state: request.state,
        party: request.partyId,
        items: request.itemIds,
        round: request.round,
        overrideReason: request.overrideReason,
        by: nameOf(known.people, request.requestedBy),
        tellAt: request.tellAt.toISOString(),
        toldAt: iso(request.toldAt),
        arrivedAt: iso(request.arrivedAt),
        noticeId: request.noticeId,
        remindAt: iso(request.remindAt),
      })),
      askedOnce: asksOnce(claim.jurisdiction) ? [...new Set(told.map(({ partyId }) => partyId!))] : [],
    };
  }

  /** Claims whose customers were asked in more than one round: the burden that a list should take from them. */
  async rounds(viewer: Viewer, now: Date): Promise<DocumentRounds> {
    const items = await this.queries.query<DocumentRounds['items'][number]>({
      name: 'document-rounds',
      text: ROUNDS,
      values: [now, viewer.groups, viewer.brandIds],
    });
    return { items: items.map((row) => ({ ...row, firstAskedAt: new Date(row.firstAskedAt).toISOString() })) };
  }

  private async known(queries: Queries, claim: DocumentsClaim, folder: DocumentFolder): Promise<Known> {
    const people = [...folder.items.map(({ decidedBy }) => decidedBy), ...folder.requests.map(({ requestedBy }) => requestedBy)];
    const rows = await queries.query<FileRow>({
      name: 'documents-attachments',
      text: ATTACHMENTS,
      values: [folder.files.map(({ attachmentId }) => attachmentId)],
    });
    return {
      book: await this.documents.book(queries),
      parties: await queries.query<PartyRow>({
        name: 'documents-parties',
        text: 'SELECT id, name, role FROM claim_parties WHERE claim_id = $1',
        values: [claim.id],
      }),
      people: await queries.query<Named>({
        name: 'documents-people',
        text: 'SELECT id, name FROM accounts WHERE id = ANY ($1::uuid[])',
        values: [people.filter((id) => id !== null)],
      }),
      files: folder.files.map((file) =>
        fileOf(
          file,
          rows.find(({ attachmentId }) => attachmentId === file.attachmentId)!,
        ),
      ),
    };
  }
}

const nameOf = (people: readonly Named[], id: string | null): string | null => people.find((one) => one.id === id)?.name ?? null;

function itemOf(item: DocumentFolder['items'][number], { book, parties, people, files }: Known): DocumentItem {
  const kind = book.kinds.find(({ code }) => code === item.code);
  const party = parties.find(({ id }) => id === item.partyId);
  return {
    id: item.id,
    code: item.code,
    label: kind?.label ?? { en: item.code, 'zh-CN': item.code },
    help: kind?.help ?? { en: item.code, 'zh-CN': item.code },
    sensitive: kind?.sensitive ?? null,
    party: party ? { id: party.id, name: party.name, role: party.role } : null,
    state: item.state,
    reason: item.reason,
    asked: item.asked,
    requestedAt: iso(item.requestedAt),
    receivedAt: iso(item.receivedAt),
    decidedAt: iso(item.decidedAt),
    decidedBy: nameOf(people, item.decidedBy),
    files: files.filter((file) => file.itemId === item.id).map(({ itemId: _, ...file }) => file),
  };
}

type OwnedFile = DocumentFile & { readonly itemId: string | null };

function fileOf(file: DocumentFolder['files'][number], row: FileRow): OwnedFile {
  return {
    id: file.id,
    itemId: file.itemId,
    attachmentId: file.attachmentId,
    state: file.state,
    why: file.why,
    name: row.name,
    contentType: row.contentType,
    size: row.size === null ? null : Number(row.size),
    hasThumbnail: row.hasThumbnail,
    sha256: file.sha256.toString('hex'),
    channel: file.channel,
    from: file.sender,
    at: file.arrivedAt.toISOString(),
    conversationId: row.conversationId,
  };
}

const ATTACHMENTS = `
  SELECT a.id AS "attachmentId", a.name, coalesce(f.content_type, a.content_type) AS "contentType", f.size, f.thumbnail_key IS NOT NULL AS "hasThumbnail", m.conversation_id AS "conversationId"
  FROM attachments a LEFT JOIN files f ON f.id = a.file_id LEFT JOIN messages m ON m.id = a.message_id WHERE a.id = ANY ($1::uuid[])`;

const ROUNDS = `
  WITH asked AS (
    SELECT claim_id, max(round) AS rounds, min(told_at) AS first FROM document_requests WHERE state = 'told' GROUP BY claim_id HAVING max(round) > 1)
  SELECT c.number AS claim, c.line_of_business AS line, coalesce(h.name, c.handler_name) AS handler, asked.rounds, asked.first AS "firstAskedAt",
    (SELECT count(*)::int FROM document_items i WHERE i.claim_id = c.id AND i.asked > 0) AS asked,
    (SELECT count(*)::int FROM document_items i WHERE i.claim_id = c.id AND i.state IN ('requested', 'rejected')) AS missing,
    greatest(0, extract(day FROM $1::timestamptz - asked.first))::int AS "daysOutstanding"
  FROM asked JOIN claims c ON c.id = asked.claim_id LEFT JOIN accounts h ON h.id = c.handler_id
  WHERE ${claimVisibleTo('c', 2)}
  ORDER BY asked.rounds DESC, asked.first LIMIT 200`;
