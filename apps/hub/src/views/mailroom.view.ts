import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { OutgoingLetter, Scan } from '@claimline/protocol';
import { FilingView } from './filing.view';

interface ScanLine {
  readonly id: string;
  readonly attachment: Scan['attachment'];
  readonly pages: number | null;
  readonly words: string;
  readonly name: string;
  readonly sender: string;
  readonly received_on: string;
  readonly state: Scan['state'];
  readonly split_from: string | null;
  readonly claim_number: string | null;
  readonly conversation_id: string | null;
  readonly created_at: Date;
  /** Whether the reader may see the thread that it was filed into. */
  readonly shown: boolean;
}

interface LetterLine {
  readonly id: string;
  readonly attachment: string;
  readonly to_values: string[];
  readonly name: string;
  readonly claim: string | null;
  readonly conversation: string;
  readonly state: OutgoingLetter['state'];
  readonly made_at: Date;
  readonly posted_on: string | null;
  readonly returned_on: string | null;
}

// What was settled today is at hand for whoever erred.
const DAY_MS = 24 * 3_600_000;

/** What lies on the mailroom's table: papers to be filed, letters to be posted. */
export class MailroomView {
  constructor(
    private readonly queries: Queries,
    private readonly filing: FilingView,
  ) {}

  async scans(viewer: Viewer, state: Scan['state'], now: Date): Promise<Scan[]> {
    const rows = await this.queries.query<ScanLine>({
      name: 'mailroom-scans',
      text: `SELECT ${SCAN} WHERE ${OF_BRANDS} AND s.state = $3 AND (s.settled_at IS NULL OR s.settled_at >= $4)
             ORDER BY CASE WHEN $3 = 'waiting' THEN s.created_at END, s.settled_at DESC, s.id LIMIT 300`,
      values: [...visibleValues(viewer), state, new Date(now.getTime() - DAY_MS)],
    });
    return Promise.all(rows.map((row) => this.toScan(viewer, row)));
  }

  /** One scan; undefined where it is none of the viewer's brands. */
  async scan(queries: Queries, viewer: Viewer, id: string): Promise<Scan | undefined> {
    const [row] = await queries.query<ScanLine>({
      name: 'mailroom-scan',
      text: `SELECT ${SCAN} WHERE ${OF_BRANDS} AND s.id = $3`,
      values: [...visibleValues(viewer), id],
    });
    return row && this.toScan(viewer, row);
  }

  async counts(viewer: Viewer, now: Date): Promise<{ waiting: number; filedToday: number }> {
    const [row] = await this.queries.query<{ waiting: number; filed: number }>({
      name: 'mailroom-counts',
      text: `SELECT count(*) FILTER (WHERE s.state = 'waiting')::int AS waiting, count(*) FILTER (WHERE s.state = 'filed' AND s.settled_at >= $3)::int AS filed
             FROM scans s JOIN inboxes i ON i.id = s.inbox_id WHERE ${OF_BRANDS} AND (s.state = 'waiting' OR s.settled_at >= $3) AND $1::text[] IS NOT NULL`,
      values: [...visibleValues(viewer), new Date(now.getTime() - DAY_MS)],
    });
    return { waiting: row!.waiting, filedToday: row!.filed };
  }

  async letters(viewer: Viewer, state: OutgoingLetter['state']): Promise<OutgoingLetter[]> {
    const rows = await this.queries.query<LetterLine>({
      name: 'mailroom-letters',
      text: `SELECT l.delivery_id AS id, l.attachment_id AS attachment, m.to_values, k.name, c.claim_number AS claim, c.id AS conversation, l.state, l.made_at,
               l.posted_on::text AS posted_on, l.returned_on::text AS returned_on
             FROM letters l JOIN messages m ON m.id = l.message_id JOIN conversations c ON c.id = m.conversation_id JOIN contacts k ON k.id = c.contact_id
             WHERE l.state = $3 AND ${visibleTo('c', 1)} ORDER BY CASE WHEN l.state = 'to-post' THEN l.made_at END, l.made_at DESC LIMIT 200`,
      values: [...visibleValues(viewer), state],
    });
    return rows.map(({ to_values: to, made_at: madeAt, posted_on: postedOn, returned_on: returnedOn, ...row }) => ({
      ...row,
      to: to[0] ?? '',
      madeAt: madeAt.toISOString(),
      postedOn,
      returnedOn,
    }));
  }

  private async toScan(viewer: Viewer, row: ScanLine): Promise<Scan> {
    const { id, attachment, pages, sender, received_on: receivedOn, state, split_from: splitFrom, words, name } = row;
    const waiting = state === 'waiting';
    const suggestions = waiting
      ? await this.filing.suggest(viewer, [
          { where: 'file-name', text: name },
          { where: 'sender', text: sender },
          { where: 'file', text: words },
        ])
      : [];
    return {
      id,
      attachment,
      pages,
      sender,
      receivedOn,
      state,
      splitFrom,
      claim: waiting || !row.shown ? null : row.claim_number,
      conversation: waiting || !row.shown ? null : row.conversation_id,
      suggestions,
      at: row.created_at.toISOString(),
    };
  }
}

const OF_BRANDS = '(cardinality($2::uuid[]) = 0 OR i.brand_id = ANY ($2::uuid[]))';
const SCAN = `s.id, jsonb_build_object('id', a.id, 'name', s.name, 'contentType', coalesce(f.content_type, a.content_type)) AS attachment, s.pages, s.words, s.name, s.sender,
    s.received_on::text AS received_on, s.state, s.split_from, s.claim_number, m.conversation_id, s.created_at,
    v.id IS NOT NULL AND ${visibleTo('v', 1)} AS shown
  FROM scans s JOIN inboxes i ON i.id = s.inbox_id JOIN attachments a ON a.id = s.attachment_id LEFT JOIN files f ON f.id = a.file_id LEFT JOIN messages m ON m.id = s.message_id LEFT JOIN conversations v ON v.id = m.conversation_id`;
