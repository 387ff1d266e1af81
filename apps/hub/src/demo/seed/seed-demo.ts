import { Readable } from 'node:stream';
import type { Database, Seal, Transaction } from '@claimline/database';
import { FileKeeper, Files, type KeptFile } from '@claimline/files';
import { ApiKeys } from '@claimline/people';
import { DemoMarks } from '../demo-mark.repository';
import type { DemoSecrets } from '../demo-secrets';
import { demoInboxes, type DemoInbox } from '../demo-inboxes';
import { DEMO_CUSTOMERS } from './cast';
import { Chance } from './chance';
import { externalIdOf, planClaims } from './claims-plan';
import { paper, PAPERS, type PaperName } from './papers';
import { photograph, type DemoFile, type SceneName } from './pictures';
import { SeedRows } from './rows.repository';
import { specialThreads } from './special-threads';
import { planThreads } from './threads-plan';
import { voice } from './voices';
import { writeClaims } from './write-claims';
import { writeComplaints } from './write-complaints';
import { writeContacts, type SeededContacts } from './write-contacts';
import { writeDesk } from './write-desk';
import { writeDocuments } from './write-documents';
import { writePeople, type SeededStaff } from './write-people';
import type { ThreadsGround } from './threads-ground';
import { writePromises } from './write-promises';
import { writeStorm } from './write-storm';
import { writeSurveys } from './write-surveys';
import { writePolicies } from './write-policies';
import { writeThreads } from './write-threads';

/** What the first filling of a demo needs. */
export interface SeedDeps {
  readonly database: Database;
  readonly seal: Seal;
  readonly secrets: DemoSecrets;
  readonly keeper: FileKeeper;
}

/** The claim core's key, by the name under which it is listed. */
export const CLAIM_CORE = 'claim core (demo)';
const SCENES: readonly SceneName[] = ['rear-bumper', 'front-left', 'plate', 'scene', 'ceiling', 'cellar', 'roof', 'suitcase'];
const FILE_LIMIT = 2 * 1024 * 1024;
// The demo is the same everywhere.
const SEED = 8812;

/**
 * Fills a fresh database with an insurer: six weeks of people, claims and conversations that end now. All or nothing, and once:
 * false where another hub was faster.
 */
export async function seedDemo(deps: SeedDeps, now: Date): Promise<boolean> {
  const files = await keepFiles(deps.keeper);
  return deps.database.transaction(async (tx) => {
    const marks = new DemoMarks();
    await marks.lock(tx);
    if (await marks.find(tx)) return false;
    await fill(tx, deps, { files, now });
    await marks.put(tx, { seededAt: now.toISOString(), proof: deps.secrets.proof }, now);
    return true;
  });
}

type KeptDemoFile = { readonly key: string; readonly file: DemoFile; readonly kept: KeptFile };

async function fill(
  tx: Transaction,
  { seal, secrets }: SeedDeps,
  { files, now }: { readonly files: readonly KeptDemoFile[]; readonly now: Date },
): Promise<void> {
  const rows = new SeedRows(tx);
  const chance = new Chance(SEED);
  const staff = await writePeople(tx, rows, now, (email) => secrets.passwordOf(email));
  await new ApiKeys(true).make(tx, { name: CLAIM_CORE, role: 'integration', demo: true, secret: secrets.apiKey }, now);
  const inboxes = await writeInboxes(rows, { staff, seal, now });
  const contacts = await writeContacts(rows, now, inboxes.get('wechat')!.address);
  const planned = planClaims(now, chance);
  const claims = await writeClaims({ tx, rows, seal, now, staff, contacts: byExternalId(contacts) }, planned);
  await writeDocuments({ tx, rows, now }, planned, claims);
  await writePolicies(tx, planned, now);
  await writePromises(tx, now);
  await writeSurveys(tx, now);
  await writeStorm(tx, now, staff.accounts.get('zhou.min')!);
  const special = specialThreads(planned, now);
  const ground: ThreadsGround = {
    rows,
    now,
    staff,
    contacts,
    inboxes,
    claims: new Map(planned.map((claim, index) => [claim, claims[index]!])),
    files: await writeFiles(tx, files, now),
  };
  const threads = await writeThreads(ground, [...special, ...planThreads(planned, special.length, { now, chance })]);
  await writeDesk({ tx, rows, now, staff }, threads);
  await writeComplaints({ tx, rows, now, staff }, threads);
}

const byExternalId = (contacts: SeededContacts): Map<string, string> =>
  new Map(DEMO_CUSTOMERS.map((customer) => [externalIdOf(customer), contacts.ids.get(customer.key)!]));

/** Lines without settings: those are written at each start, when the sandbox knows its ports. */
async function writeInboxes(
  rows: SeedRows,
  { staff, seal, now }: { readonly staff: SeededStaff; readonly seal: Seal; readonly now: Date },
): Promise<Map<string, DemoInbox>> {
  const inboxes = demoInboxes(now);
  const { keyId, sealed } = seal.seal(Buffer.from('{}'));
  await rows.insert(
    'inboxes',
    inboxes.map(({ id, kind, name, address, region }) => ({
      id,
      kind,
      name,
      address,
      region,
      brand_id: staff.brandId,
      config: {},
      secrets_key_id: keyId,
      secrets_sealed: sealed,
      state: 'active',
      demo: true,
      version: 1,
      created_at: now,
    })),
  );
  return new Map(inboxes.map((inbox) => [inbox.kind, inbox]));
}

/** Draws and stores what customers have sent. Before the transaction: bytes first, then the rows that name them. */
async function keepFiles(keeper: FileKeeper): Promise<KeptDemoFile[]> {
  const made = [
    ...SCENES.map((key) => ({ key, make: () => photograph(key) })),
    ...(Object.keys(PAPERS) as PaperName[]).map((key) => ({ key, make: async () => paper(key) })),
    { key: 'voice', make: async () => voice('voice-message.wav', 6) },
  ];
  return Promise.all(
    made.map(async ({ key, make }) => {
      const file = await make();
      return {
        key,
        file,
        kept: await keeper.keep(Readable.from([file.content]), { name: file.name, contentType: file.contentType }, FILE_LIMIT),
      };
    }),
  );
}

async function writeFiles(
  tx: Transaction,
  files: readonly KeptDemoFile[],
  now: Date,
): Promise<Map<string, { id: string; file: DemoFile }>> {
  const stored = new Map<string, { id: string; file: DemoFile }>();
  for (const { key, file, kept } of files) stored.set(key, { id: await new Files().add(tx, kept, null, now), file });
  return stored;
}
