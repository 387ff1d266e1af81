import type { Queries } from '@claimline/database';

/** Which of our mailboxes a mail address belongs to. */
export class MailAddressView {
  constructor(private readonly queries: Queries) {}

  /**
   * The inbox behind an address: its own, its own with a `+tag`, an adjuster's in it, any address of its domain for replies, or a signed address
   * (`reply+…`, `unsub+…`) of its domain. Of several, the one that the conversation in the token came by. Stopped ones count: their mail must not be lost.
   */
  async inboxOf(address: string): Promise<string | undefined> {
    const { local, domain } = split(address);
    const [row] = await this.queries.query<{ id: string }>({
      name: 'mail-inbox-of',
      text: `SELECT i.id FROM inboxes i
             WHERE i.kind = 'email' AND (i.address IN ($1, $2) OR i.id = (SELECT m.inbox_id FROM mail_aliases m WHERE m.address = $1) OR i.config->>'replyDomain' = $3 OR ($4 AND split_part(i.address, '@', 2) = $3))
             ORDER BY i.address = $1 DESC, i.address = $2 DESC, i.id = (SELECT m.inbox_id FROM mail_aliases m WHERE m.address = $1) DESC NULLS LAST, i.id = (SELECT c.inbox_id FROM conversations c WHERE c.id = $5) DESC NULLS LAST, i.config->>'replyDomain' = $3 DESC NULLS LAST, i.created_at, i.id
             LIMIT 1`,
      values: [`${local}@${domain}`, `${local.split('+')[0]}@${domain}`, domain, SIGNED.test(local), conversationIn(local)],
    });
    return row?.id;
  }
}

const SIGNED = /^(reply|unsub)\+[a-z0-9-]+\.[a-z2-7]{16}$/;

function split(address: string): { local: string; domain: string } {
  const at = address.lastIndexOf('@');
  return { local: address.slice(0, at).toLowerCase(), domain: address.slice(at + 1).toLowerCase() };
}

// Not checked for its signature here: it only chooses among our own mailboxes, and the channel reads the token itself.
function conversationIn(local: string): string | null {
  const token = /^(?:reply|unsub)\+([0-9a-f]{32})\./.exec(local)?.[1];
  return token?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') ?? null;
}
