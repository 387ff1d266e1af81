import { Documents, type ChecklistBook, type DocumentFolder } from '@claimline/claims';
import type { SecureLink } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Language } from '@claimline/messages';
import type { PortalDocuments } from '@claimline/protocol';

/** The claim behind a link, and where its owner last spoke with us. */
export interface LinkedClaim {
  readonly id: string;
  readonly number: string;
  readonly brandId: string;
  readonly partyId: string | null;
  readonly stage: string;
}

/** The conversation in which uploads appear; a new one speaks by the same line. */
export interface UploadPlace {
  readonly channel: string;
  readonly inboxId: string | null;
  readonly addressId: string | null;
  readonly teamId: string | null;
  readonly language: string | null;
}

/** 20 MB: what a phone's camera makes and a slow network brings. */
export const PORTAL_UPLOAD_LIMIT = 20 * 1024 * 1024;

/** What the holder of a link sees of their documents: theirs, as far as they were asked for or have come. */
export class PortalDocumentsView {
  constructor(
    private readonly queries: Queries,
    private readonly documents: Documents,
  ) {}

  async claim(queries: Queries, link: SecureLink): Promise<LinkedClaim | undefined> {
    const [row] = await queries.query<LinkedClaim>({
      name: 'portal-documents-claim',
      text: 'SELECT id, number, brand_id AS "brandId", $2::uuid AS "partyId", stage FROM claims WHERE number = $1',
      values: [link.claimNumber, link.subject],
    });
    return row;
  }

  async place(queries: Queries, link: SecureLink, claimId: string): Promise<UploadPlace | undefined> {
    const [row] = await queries.query<UploadPlace>({
      name: 'portal-documents-place',
      text: `SELECT channel, inbox_id AS "inboxId", address_id AS "addressId", team_id AS "teamId", language FROM conversations WHERE contact_id = $1
             ORDER BY (claim_id = $2) DESC NULLS LAST, last_message_at DESC LIMIT 1`,
      values: [link.contactId, claimId],
    });
    return row;
  }

  async list(claim: LinkedClaim, language: Language): Promise<PortalDocuments> {
    const folder = await this.documents.folder(this.queries, claim.id);
    const book = await this.documents.book(this.queries);
    const names = await this.names(folder);
    return {
      language,
      claimRef: `*${claim.number.slice(-6)}`,
      maxBytes: PORTAL_UPLOAD_LIMIT,
      items: itemsFor(folder, claim).map((item) => shown(item, { folder, book, names })),
    };
  }

  private async names(folder: DocumentFolder): Promise<ReadonlyMap<string, string>> {
    const rows = await this.queries.query<{ id: string; name: string }>({
      name: 'portal-documents-names',
      text: 'SELECT id, name FROM attachments WHERE id = ANY ($1::uuid[])',
      values: [folder.files.map(({ attachmentId }) => attachmentId)],
    });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

/** What a party may see and deliver: what it was asked for, and what has come. */
export const itemsFor = ({ items }: DocumentFolder, { partyId }: LinkedClaim): DocumentFolder['items'] =>
  items.filter((item) => item.partyId === partyId && item.state !== 'open' && item.state !== 'waived');

function shown(
  item: DocumentFolder['items'][number],
  { folder, book, names }: { folder: DocumentFolder; book: ChecklistBook; names: ReadonlyMap<string, string> },
): PortalDocuments['items'][number] {
  const kind = book.kinds.find(({ code }) => code === item.code);
  const here = folder.files.filter(({ itemId, state }) => itemId === item.id && (state === 'received' || state === 'accepted'));
  return {
    id: item.id,
    label: kind?.label ?? { en: item.code, 'zh-CN': item.code },
    help: kind?.help ?? { en: item.code, 'zh-CN': item.code },
    form: kind?.form ?? 'paper',
    state: item.state,
    reason: item.state === 'rejected' ? item.reason : null,
    files: here.map(({ id, attachmentId, arrivedAt }) => ({ id, name: names.get(attachmentId) ?? '', at: arrivedAt.toISOString() })),
  };
}
