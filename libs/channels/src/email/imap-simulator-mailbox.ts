/** One mail of a simulated folder. */
export interface SimulatedMail {
  readonly uid: number;
  readonly raw: Buffer;
  readonly arrived: Date;
}

/** A folder of a simulated mailbox: mails numbered upwards, and whoever wants to hear of new ones. */
export class SimulatedFolder {
  private mails: SimulatedMail[] = [];
  private readonly listeners = new Set<() => void>();
  private nextUid = 1;

  constructor(
    readonly name: string,
    public uidValidity: number,
  ) {}

  get all(): readonly SimulatedMail[] {
    return this.mails;
  }

  get uidNext(): number {
    return this.nextUid;
  }

  add(raw: Buffer, arrived: Date): SimulatedMail {
    const mail = { uid: this.nextUid++, raw, arrived };
    this.mails.push(mail);
    for (const tell of this.listeners) tell();
    return mail;
  }

  /** What a restored or moved mailbox does: the same mails under new numbers. */
  renumber(): void {
    this.uidValidity += 1;
    this.nextUid = 1;
    this.mails = this.mails.map((mail) => ({ ...mail, uid: this.nextUid++ }));
  }

  listen(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => void this.listeners.delete(tell);
  }
}

/** A simulated account at a mail provider. */
export class SimulatedMailbox {
  readonly folders: ReadonlyMap<string, SimulatedFolder>;

  constructor(
    readonly user: string,
    readonly password: string,
  ) {
    this.folders = new Map(['INBOX', 'Sent'].map((name, index) => [name.toLowerCase(), new SimulatedFolder(name, 1_000 + index)]));
  }

  folder(name: string): SimulatedFolder | undefined {
    return this.folders.get(name.toLowerCase());
  }

  get inbox(): SimulatedFolder {
    return this.folders.get('inbox')!;
  }

  get sent(): SimulatedFolder {
    return this.folders.get('sent')!;
  }
}
