import type { Readable } from 'node:stream';
import type { Clock, Queries, Seal } from '@claimline/database';
import type { Language } from '@claimline/messages';
import type { Accounts, Audit } from '@claimline/people';
import type { Claim, ClaimFile, ClaimFileVerdict } from '@claimline/protocol';
import type { FolderStorage } from '@claimline/files';
import type { Principal } from '../http/principal';
import type { BrandView } from '../views/brand.view';
import type { ClaimFileView } from '../views/claim-file.view';
import { claimFilePaper } from './claim-file-paper';
import { brokenAt, chained, changedSince, FORMAT } from './hash-chain';
import { zipped, type Packed } from './zipped';

/** What {@link ClaimFiles} stands on. */
export interface ClaimFileGround {
  readonly database: Queries;
  readonly seal: Seal;
  readonly audit: Audit;
  readonly accounts: Accounts;
  readonly storage: FolderStorage;
  readonly clock: Clock;
}

// Volatile words of the claim that are no part of what happened; the rest heads the chain.
const VOLATILE = ['stageLine', 'delegate'];

/** One claim as evidence: made, held against today's records, and packed with its documents. */
export class ClaimFiles {
  constructor(
    private readonly ground: ClaimFileGround,
    private readonly view: ClaimFileView,
    private readonly brands: BrandView,
  ) {}

  /** The caller has checked that this reader may see the claim. Every export is written into the audit, and stands in the next file. */
  async make(who: Principal, claim: Claim): Promise<ClaimFile> {
    const { clock, seal } = this.ground;
    const exportedAt = clock.now().toISOString();
    const { happenings, withheld } = await this.view.content(who, claim);
    const about = Object.fromEntries(Object.entries(claim).filter(([name]) => !VOLATILE.includes(name)));
    const { entries, head } = chained(about, happenings);
    await this.note(who, claim, 'claim-file.export');
    const signature = seal.sign(signed(head, exportedAt));
    return { format: FORMAT, claim: about, entries, head, signature, withheld, exportedAt, exportedBy: { id: who.id, name: who.name } };
  }

  /** Names every entry that is not what it was: in the file, or in the hub since. */
  async verify(who: Principal, claim: Claim, file: ClaimFile): Promise<ClaimFileVerdict> {
    const { happenings } = await this.view.content(who, claim);
    const broken = brokenAt(file);
    const problems = [...broken, ...changedSince(file.entries, happenings)];
    await this.note(who, claim, 'claim-file.verify');
    return {
      sound: problems.length === 0,
      signed: this.ground.seal.isSignedBy(signed(file.head, file.exportedAt), file.signature),
      problems,
    };
  }

  /** For people to read and print. */
  async paper(who: Principal, file: ClaimFile): Promise<Buffer> {
    const brand = await this.brands.first(who.brandIds);
    return claimFilePaper(file, {
      brand: brand.name,
      language: await this.languageOf(who, brand.default_language),
      timeZone: brand.time_zone,
    });
  }

  /** PDF, JSON and every document of the claim in one archive. Documents are named by their place and their own name. */
  async archive(who: Principal, claim: Claim, file: ClaimFile): Promise<Readable> {
    const paper = await this.paper(who, file);
    const documents = await this.view.files(who, claim.id);
    const { storage } = this.ground;
    async function* content(): AsyncIterable<Packed> {
      yield { name: `${claim.number}.pdf`, content: [paper] };
      yield { name: `${claim.number}.json`, content: [Buffer.from(JSON.stringify(file, null, 1))] };
      for (const [index, { name, storage_key: key }] of documents.entries())
        yield { name: `files/${String(index + 1).padStart(3, '0')}-${safeName(name)}`, content: await storage.open(key) };
    }
    return zipped(content());
  }

  private async languageOf(who: Principal, usual: Language): Promise<Language> {
    const account = who.kind === 'account' ? await this.ground.accounts.find(this.ground.database, who.id) : undefined;
    return account?.locale ?? usual;
  }

  private note(who: Principal, claim: Claim, action: string): Promise<void> {
    const { audit, database, clock } = this.ground;
    return audit.record(database, {
      actor: { kind: who.kind, id: who.id },
      action,
      subject: 'claim',
      subjectId: claim.id,
      at: clock.now(),
    });
  }
}

const signed = (head: string, exportedAt: string): string => `claim-file ${head} ${exportedAt}`;

// A name from outside must not climb out of its folder, nor confuse an archive program.
const safeName = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, '_')
    .replace(/^\.+/, '_')
    .slice(-120) || 'file';
