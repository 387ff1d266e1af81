import { maySee, Conversations, Threads, type Viewer } from '@claimline/conversations';
import type { Database } from '@claimline/database';
import { Attachments } from '@claimline/files';
import type { Filing } from '@claimline/protocol';
import { found, HubProblem } from '../http/problem';
import { FilingView, type FilingSource } from '../views/filing.view';
import { PaperReader } from './paper-reader';

// What names the claim stands in the first few; the rest is for whoever opens it.
const MOST_FILES = 6;

/** Gathers what a message says, in its words and in its papers, and asks which claims that names. */
export class FilingDesk {
  constructor(
    private readonly database: Database,
    private readonly rows: { readonly threads: Threads; readonly conversations: Conversations; readonly attachments: Attachments },
    private readonly reader: PaperReader,
    private readonly filing: FilingView,
  ) {}

  /** @throws HubProblem `not-found` */
  async of(viewer: Viewer, messageId: string): Promise<Filing> {
    const { threads, conversations, attachments } = this.rows;
    const message = found(await threads.find(this.database, messageId));
    const conversation = found(await conversations.find(this.database, message.conversation_id));
    if (!maySee(viewer, conversation)) throw new HubProblem('not-found');
    const files = (await attachments.ofMessage(this.database, messageId)).slice(0, MOST_FILES);
    const papers = await Promise.all(files.map((file) => this.reader.read(file)));
    const sources: FilingSource[] = [
      { where: 'subject', text: message.subject ?? '' },
      { where: 'text', text: message.text },
      ...files.map(({ name }): FilingSource => ({ where: 'file-name', text: name })),
      ...papers.map(({ words }): FilingSource => ({ where: 'file', text: words })),
      { where: 'sender', text: message.from_name ?? '' },
    ];
    const read = papers.filter(({ words }) => words.trim() !== '').length;
    return { suggestions: await this.filing.suggest(viewer, sources), files: { read, unread: papers.length - read } };
  }
}
