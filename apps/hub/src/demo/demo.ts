import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { ShiftedClock, type Database } from '@claimline/database';
import { FileKeeper, FolderStorage, Thumbnails } from '@claimline/files';
import { hashPassword, Settings } from '@claimline/people';
import type { DemoManifest } from '@claimline/protocol';
import type { FastifyInstance } from 'fastify';
import type { Platform } from '../platform/platform.module';
import { SealedEndpoints } from '../claims/line-out/sealed-endpoints';
import { CLAIM_CORE as CLAIM_CORE_SETTING } from '../flows/tell-claim-core';
import { ClaimsOfCustomers } from '../views/claims-of-customers.view';
import { CutNetwork } from './cut-network';
import { bannerOf } from './demo-banner';
import { guardDemo } from './demo-guard';
import { DemoLines, type DemoLine } from './demo-lines';
import { manifestOf } from './demo-manifest';
import { DemoMarks } from './demo-mark.repository';
import { demoRoutes } from './demo.plugin';
import { DemoSecrets } from './demo-secrets';
import type { SandboxProcess } from './sandbox-process';
import { DEMO_CUSTOMERS, DEMO_PEOPLE, emailOfPerson } from './seed/cast';
import { externalIdOf } from './seed/claims-plan';
import { CLAIM_CORE, seedDemo } from './seed/seed-demo';

/** Where the hub is reached, once it listens. */
export interface HubPlace {
  readonly url: string;
  readonly smtpPort: number;
}

interface DemoDeps {
  readonly platform: Platform;
  readonly secrets: DemoSecrets;
  readonly sandbox: SandboxProcess;
  readonly lines: DemoLines;
  readonly pointed: readonly DemoLine[];
}

/** The demo of a running hub: a made-up insurer in the database, a sandbox beside the hub, and the routes below `/demo`. */
export class Demo {
  private place: HubPlace | undefined;

  private constructor(private readonly deps: DemoDeps) {}

  /**
   * Before anything else of the hub runs: makes sure that the database may be a demo, fills it the first time, and points the demo's inboxes
   * at the sandbox, which may still be starting. Whoever started that stops it when this fails. @throws DemoRefused
   */
  static async prepare(platform: Platform, starting: Promise<SandboxProcess>): Promise<Demo> {
    const { database, seal, wakeups, clock, config } = platform;
    const secrets = new DemoSecrets(seal);
    const mark = await guardDemo(database);
    if (mark) await refreshSecrets(database, secrets, mark.proof, clock.now());
    else
      await seedDemo(
        { database, seal, secrets, keeper: new FileKeeper(new FolderStorage(config.filesFolder), [], new Thumbnails()) },
        clock.now(),
      );
    const sandbox = await starting;
    const lines = new DemoLines(database, seal, wakeups);
    return new Demo({ platform, secrets, sandbox, lines, pointed: await lines.point(sandbox) });
  }

  /** Adds the routes below `/demo`. `pages` is the folder of the built demo page. */
  async serve(server: FastifyInstance, pages: string): Promise<void> {
    const { platform, sandbox } = this.deps;
    const clock = platform.clock;
    if (!(clock instanceof ShiftedClock)) throw new Error('the demo needs a clock that can be shifted');
    await demoRoutes(server, {
      pages: path.resolve(pages),
      clock,
      wakeups: platform.wakeups,
      sandbox,
      network: new CutNetwork(),
      manifest: () => this.manifest(),
    });
  }

  /** Once the hub listens: customers can write from now on. Answers with what to print. */
  async open(place: HubPlace): Promise<string> {
    this.place = place;
    await this.deps.lines.connect(this.deps.sandbox, this.deps.pointed, place);
    await this.connectClaimCore(place);
    return bannerOf(await this.manifest());
  }

  // An administrator of the demo may have set an address of their own: it stays.
  private async connectClaimCore({ url }: HubPlace): Promise<void> {
    const { platform, secrets, sandbox } = this.deps;
    const endpoints = new SealedEndpoints(new Settings(), platform.seal);
    if (!(await endpoints.isOurs(platform.database, CLAIM_CORE_SETTING))) return;
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    await sandbox.ask('POST', '/claim-core/connect', { secret, hub: { url: `${url}/api/claim-events`, apiKey: secrets.apiKey } });
    const change = { at: platform.clock.now(), by: null };
    await platform.database.transaction((tx) =>
      endpoints.write(tx, CLAIM_CORE_SETTING, { url: `${sandbox.url}/claim-core/events`, secret, demo: true }, change),
    );
  }

  stop(): Promise<void> {
    return this.deps.sandbox.stop();
  }

  private async manifest(): Promise<DemoManifest> {
    const { platform, secrets, sandbox, pointed } = this.deps;
    if (!this.place) throw new Error('the demo is not open yet');
    const claims = await new ClaimsOfCustomers(platform.database).byPolicyholder(DEMO_CUSTOMERS.map(externalIdOf));
    return manifestOf({ hub: this.place, sandboxUrl: sandbox.url, lines: pointed, secrets, claims });
  }
}

/** Passwords are made from the hub's secret: with a new first secret they are new, and stored anew. */
async function refreshSecrets(database: Database, secrets: DemoSecrets, proof: string, now: Date): Promise<void> {
  if (proof === secrets.proof) return;
  const marks = new DemoMarks();
  const emails = DEMO_PEOPLE.map(emailOfPerson);
  const hashes = await Promise.all(emails.map((email) => hashPassword(secrets.passwordOf(email))));
  await database.transaction(async (tx) => {
    for (const [index, email] of emails.entries()) await marks.setPassword(tx, email, hashes[index]!);
    await marks.setApiKey(tx, CLAIM_CORE, createHash('sha256').update(secrets.apiKey).digest());
    await marks.put(tx, { seededAt: (await marks.find(tx))!.seededAt, proof: secrets.proof }, now);
  });
}
