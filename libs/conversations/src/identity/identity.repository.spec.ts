import { Database } from '@claimline/database';
import { tel } from '@claimline/messages';
import { Contacts } from '../contact/contacts.repository';
import { AT, openGround, type Ground } from '../testing/ground';
import { PortalGrants } from './portal-grants.repository';
import { linkState, type NewLink } from './secure-link';
import { SecureLinks } from './secure-links.repository';
import { StepUp, type StepUpRequest } from './step-up.repository';

const MINUTE = 60_000;
const later = (minutes: number): Date => new Date(AT.getTime() + minutes * MINUTE);

let ground: Ground;
let database: Database;
let stepUp: StepUp;
const links = new SecureLinks();
const contacts = new Contacts();
let people = 0;

beforeAll(async () => {
  ground = await openGround();
  ({ database } = ground);
  stepUp = new StepUp(ground.seal);
});
afterAll(() => ground.close());

const somebody = () => database.transaction((tx) => contacts.senderOf(tx, tel(`+1555020${String(++people).padStart(4, '0')}`), AT));

async function makeLink(over: Partial<NewLink> = {}) {
  const { contactId, addressId } = await somebody();
  const link: NewLink = {
    purpose: 'payee',
    contactId,
    claimNumber: 'CLM-2026-000001',
    conversationId: null,
    addressId,
    subject: null,
    singleUse: true,
    expiresAt: later(60),
    ...over,
  };
  return { ...(await database.transaction((tx) => links.create(tx, link, AT))), contactId };
}

describe('a secure link', () => {
  it('opens by its token, of which the database knows the hash alone', async () => {
    const { id, token } = await makeLink();
    expect(await links.open(database, token, AT)).toMatchObject({ id, purpose: 'payee', claimNumber: 'CLM-2026-000001' });
    const [row] = await database.query<{ row: string }>({
      name: 'whole',
      text: 'SELECT l::text AS row FROM secure_links l WHERE id = $1',
      values: [id],
    });
    expect(row!.row).not.toContain(token);
    expect(row!.row).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
  });

  it('is used up by one of twenty who use it at once', async () => {
    const { id, token } = await makeLink();
    const spent = await Promise.all(Array.from({ length: 20 }, () => database.transaction((tx) => links.spend(tx, id, AT))));
    expect(spent.filter(Boolean)).toHaveLength(1);
    expect(await links.open(database, token, AT)).toBeUndefined();
    expect(linkState((await links.find(database, token))!, AT)).toBe('used');
  });

  it('opens nothing and is not used up after its time', async () => {
    const { id, token } = await makeLink();
    expect(await links.open(database, token, later(60))).toBeUndefined();
    expect(await database.transaction((tx) => links.spend(tx, id, later(60)))).toBe(false);
    expect(linkState((await links.find(database, token))!, later(60))).toBe('expired');
  });

  it('is not found by a token that nobody made, whatever it looks like', async () => {
    for (const token of ['', 'x', 'A'.repeat(43), "' OR true --", 'é'.repeat(43)])
      expect(await links.find(database, token)).toBeUndefined();
  });

  it('ends when a newer one takes its place', async () => {
    const { token, contactId } = await makeLink();
    await database.transaction((tx) => links.revoke(tx, { contactId, purpose: 'payee', claimNumber: 'CLM-2026-000001' }, later(1)));
    expect(await links.open(database, token, later(1))).toBeUndefined();
  });
});

const codeOf = (asked: StepUpRequest): string => {
  if (asked.state !== 'made') throw new Error(`no code before ${asked.until.toISOString()}`);
  return asked.code;
};
const another = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a code', () => {
  const begin = async () => {
    const { contactId, addressId } = await somebody();
    const who = { contactId, addressId, purpose: 'payee' };
    return {
      who,
      request: (at: Date) => database.transaction((tx) => stepUp.request(tx, who, at)),
      check: (code: string, at: Date, purpose = 'payee') => database.transaction((tx) => stepUp.check(tx, { ...who, purpose, code }, at)),
    };
  };

  it('is right once, and makes the address a verified one', async () => {
    const { who, request, check } = await begin();
    const code = codeOf(await request(AT));
    expect(code).toMatch(/^\d{6}$/);
    expect(await check(code, later(9))).toBe('ok');
    expect(await check(code, later(9))).toBe('expired');
    const [address] = await contacts.addressesOf(database, who.contactId);
    expect(address).toMatchObject({ level: 'verified', verified_at: later(9) });
  });

  it('is over after ten minutes, and when a newer one is asked for', async () => {
    const { request, check } = await begin();
    const first = codeOf(await request(AT));
    expect(await check(first, later(10))).toBe('expired');
    const second = codeOf(await request(later(11)));
    const third = codeOf(await request(later(12)));
    if (second !== third) expect(await check(second, later(12))).toBe('wrong');
    expect(await check(third, later(12))).toBe('ok');
  });

  it('for one thing opens no other', async () => {
    const { request, check } = await begin();
    const code = codeOf(await request(AT));
    expect(await check(code, AT, 'portal')).toBe('expired');
    expect(await check(code, AT)).toBe('ok');
  });

  it('is locked for half an hour by the fifth wrong one, also when all come at once', async () => {
    const { request, check } = await begin();
    const code = codeOf(await request(AT));
    const answers = await Promise.all(Array.from({ length: 40 }, () => check(another(code), later(1))));
    expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(4);
    expect(new Set(answers)).toEqual(new Set(['wrong', 'locked']));
    expect(await check(code, later(2))).toBe('locked');
    expect(await request(later(2))).toEqual({ state: 'wait', until: later(31) });
    expect(await check(codeOf(await request(later(31))), later(31))).toBe('ok');
  });

  it('is given three times in a quarter of an hour, also to many who ask at once', async () => {
    const { request } = await begin();
    const asked = await Promise.all(Array.from({ length: 10 }, () => request(AT)));
    expect(asked.filter(({ state }) => state === 'made')).toHaveLength(3);
    expect(await request(later(14))).toEqual({ state: 'wait', until: later(15) });
    expect(await request(later(15))).toMatchObject({ state: 'made' });
  });

  it('stands nowhere in the database', async () => {
    const { who, request } = await begin();
    const code = codeOf(await request(AT));
    const [row] = await database.query<{ row: string }>({
      name: 'whole-code',
      text: "SELECT (to_jsonb(c) - 'id' - 'contact_id' - 'address_id')::text AS row FROM step_up_codes c WHERE contact_id = $1",
      values: [who.contactId],
    });
    expect(row!.row).not.toContain(code);
  });
});

test('a grant opens for twenty minutes, and no longer when somebody has left', async () => {
  const grants = new PortalGrants();
  const { contactId, addressId } = await somebody();
  const give = () => database.transaction((tx) => grants.give(tx, { contactId, addressId, purpose: 'portal', linkId: null }, AT));
  const { token } = await give();
  expect(await grants.find(database, token, later(19))).toMatchObject({ contactId, purpose: 'portal' });
  expect(await grants.find(database, token, later(20))).toBeUndefined();
  const other = await give();
  await grants.end(database, other.token);
  expect(await grants.find(database, other.token, AT)).toBeUndefined();
});
