import { Contacts, Conversations, SecureLinks, type LinkPurpose } from '@claimline/conversations';
import { Database, newId, type Transaction } from '@claimline/database';
import { Inboxes } from '@claimline/delivery';
import { tel } from '@claimline/messages';
import type { Role } from '@claimline/protocol';
import { serveHub, type ServedHub } from './served-hub';

/** What a route answered. */
export interface Answer {
  readonly status: number;
  readonly body: any;
}

/** Somebody with a telephone and a mail address, and the conversation with them. */
export interface Customer {
  readonly contactId: string;
  readonly phone: string;
  readonly phoneId: string;
  readonly mailId: string;
  readonly conversationId: string;
}

/** A served hub with people of several roles at it, for the specs of controllers. */
export interface Desk {
  readonly served: ServedHub;
  readonly database: Database;
  readonly brandId: string;
  sql<Row extends object = any>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** As somebody of that role; the same person each time. */
  call(role: Role, method: string, path: string, body?: unknown): Promise<Answer>;
  /** As a program with a key of that role. */
  program(role: Role, method: string, path: string, body?: unknown): Promise<Answer>;
  idOf(role: Role): Promise<string>;
  /** Bytes of another kind than JSON. */
  send(role: Role, path: string, type: string, body: string): Promise<Answer>;
  upload(role: Role, name: string, content: string): Promise<string>;
  line(kind: string, address: string, config?: object, secrets?: object): Promise<string>;
  customer(over?: { restrictedTo?: string; assignee?: string }): Promise<Customer>;
  /** A claim as an import brings it. */
  claim(number: string, more?: object): Promise<void>;
  link(purpose: LinkPurpose, customer: Customer, over?: object): Promise<{ id: string; token: string }>;
  close(): Promise<void>;
}

const MONTH_MS = 30 * 86_400_000;

/** Opens it; close it in `afterAll`. */
export async function openDesk(over: Readonly<Record<string, string>> = {}): Promise<Desk> {
  const served = await serveHub(over);
  const { app } = served.hub;
  const database = app.get(Database);
  const sql = <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    database.query<Row>({ name: '', text, values });
  const [brand] = await sql<{ id: string }>('SELECT id FROM brands');
  const brandId = brand!.id;
  const cookies = new Map<Role, string>();
  const keys = new Map<Role, string>();
  let count = 0;

  const headersOf = async (role: Role): Promise<Record<string, string>> => {
    if (!cookies.has(role)) cookies.set(role, await served.cookieOf(role));
    return { cookie: cookies.get(role)!, origin: served.url };
  };
  const ask = async (method: string, path: string, headers: Record<string, string>, body?: string | Blob | FormData): Promise<Answer> => {
    const response = await fetch(served.url + path, { method, headers: { connection: 'close', ...headers }, body });
    const text = await response.text();
    return { status: response.status, body: /^[[{]/.test(text) ? JSON.parse(text) : text };
  };
  const json = (method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> =>
    body === undefined
      ? ask(method, path, headers)
      : ask(method, path, { ...headers, 'content-type': 'application/json' }, JSON.stringify(body));
  const desk: Desk = {
    served,
    database,
    brandId,
    sql: sql as Desk['sql'],
    call: async (role, method, path, body) => json(method, path, await headersOf(role), body),
    async program(role, method, path, body) {
      if (!keys.has(role)) keys.set(role, await served.keyOf(role));
      return json(method, path, { authorization: `Bearer ${keys.get(role)!}` }, body);
    },
    idOf: async (role) => (await desk.call(role, 'GET', '/api/me')).body.id,
    send: async (role, path, type, body) => ask('POST', path, { ...(await headersOf(role)), 'content-type': type }, body),
    async upload(role, name, content) {
      const form = new FormData();
      form.append('file', new Blob([content], { type: 'text/plain' }), name);
      const answer = await ask('POST', '/api/attachments', { ...(await headersOf(role)), 'x-requested-with': 'spec' }, form);
      if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body.id;
    },
    line: (kind, address, config = {}, secrets = {}) =>
      database.transaction(
        async (tx) =>
          (await app.get(Inboxes).make(tx, {
            kind,
            name: address,
            address,
            region: 'US',
            brandId,
            config: { ...config },
            secrets: { ...secrets },
            at: new Date(),
          }))!.id,
      ),
    customer: (who = {}) => database.transaction((tx) => newCustomer(desk, tx, ++count, who)),
    async claim(number, more = {}) {
      const told = { claimNumber: number, version: 1, stage: 'reported', lineOfBusiness: 'motor', jurisdiction: 'CN', ...more };
      const { status, body } = await desk.send('administrator', '/api/claims/import', 'application/x-ndjson', `${JSON.stringify(told)}\n`);
      if (status !== 200 || body.errors.length > 0) throw new Error(`${status} ${JSON.stringify(body)}`);
      await database.transaction((tx) => indexParties(app.get(Contacts), tx, number));
    },
    link: (purpose, customer, more = {}) =>
      database.transaction((tx) => {
        const about = { claimNumber: null, conversationId: customer.conversationId, addressId: customer.phoneId, subject: null };
        const ends = { singleUse: false, expiresAt: new Date(Date.now() + 3_600_000) };
        return app.get(SecureLinks).create(tx, { purpose, contactId: customer.contactId, ...about, ...ends, ...more }, new Date());
      }),
    close: () => served.close(),
  };
  return desk;
}

// Whoever reads the log for words does it a moment later; here nobody does.
async function indexParties(contacts: Contacts, tx: Transaction, claimNumber: string): Promise<void> {
  const rows = await tx.query<{ id: string }>({
    name: '',
    text: 'SELECT DISTINCT p.contact_id AS id FROM claim_parties p JOIN claims c ON c.id = p.claim_id WHERE c.number = $1 AND p.contact_id IS NOT NULL',
    values: [claimNumber],
  });
  await contacts.index(
    tx,
    rows.map(({ id }) => id),
  );
}

async function newCustomer(
  { served, brandId }: Desk,
  tx: Transaction,
  place: number,
  { restrictedTo, assignee }: { restrictedTo?: string; assignee?: string },
): Promise<Customer> {
  const { app } = served.hub;
  // Known for a month: who is younger than a fortnight gets no codes.
  const at = new Date(Date.now() - MONTH_MS);
  const phone = `+1213555${String(2000 + place)}`;
  const { contactId, addressId: phoneId } = await app.get(Contacts).senderOf(tx, tel(phone), at);
  const mailId = newId(at);
  await tx.query({
    name: '',
    text: `WITH made AS (INSERT INTO addresses (id, scheme, scope, value, contact_id, created_at) VALUES ($1, 'email', '', $2, $3, $4) RETURNING id)
           INSERT INTO contact_addresses (contact_id, address_id, level, since) SELECT $3, id, 'claimed', $4 FROM made`,
    values: [mailId, `customer.${place}@customers.test`, contactId, at],
  });
  const start = { contactId, brandId, teamId: null, channel: 'twilio-sms', inboxId: null, addressId: phoneId, at };
  const { id } = await app.get(Conversations).openFor(tx, start);
  await tx.query({
    name: '',
    text: 'UPDATE conversations SET restricted_to = $2, assignee_id = $3 WHERE id = $1',
    values: [id, restrictedTo ?? null, assignee ?? null],
  });
  return { contactId, phone, phoneId, mailId, conversationId: id };
}
