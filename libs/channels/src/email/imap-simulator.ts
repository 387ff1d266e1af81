import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { fetched, inSet, quoted, search, wordsOf } from './imap-simulator-words';
import type { SimulatedFolder, SimulatedMailbox } from './imap-simulator-mailbox';

const CAPABILITIES = 'IMAP4rev1 IDLE ID NAMESPACE ENABLE';

/** A small real IMAP4rev1 server (RFC 3501, 2177): enough for a client that signs in, looks for mail, reads it and idles. */
export class ImapSimulator {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor(private readonly account: (user: string) => SimulatedMailbox | undefined) {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => socket.destroy());
      new ImapSession(socket, this.account).start();
    });
  }

  /** Listens on a free port of the loopback; `account` finds a mailbox by its user. */
  static async start(account: (user: string) => SimulatedMailbox | undefined): Promise<ImapSimulator> {
    const self = new ImapSimulator(account);
    await new Promise<void>((resolve) => self.server.listen(0, '127.0.0.1', resolve));
    return self;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How many clients are connected. */
  get connections(): number {
    return this.sockets.size;
  }

  /** Breaks every connection, as a network does. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.cut();
    await closed;
  }
}

type Command = (tag: string, words: string[]) => void;

class ImapSession {
  private pending: Buffer = Buffer.alloc(0);
  private account: SimulatedMailbox | undefined;
  private folder: SimulatedFolder | undefined;
  private known = 0;
  private idling: string | undefined;
  private deaf: () => void = () => undefined;

  constructor(
    private readonly socket: Socket,
    private readonly find: (user: string) => SimulatedMailbox | undefined,
  ) {}

  private readonly commands: Readonly<Record<string, Command>> = {
    CAPABILITY: (tag) => this.done(tag, 'CAPABILITY', `* CAPABILITY ${CAPABILITIES}`),
    ID: (tag) => this.done(tag, 'ID', '* ID ("name" "mailbox in a box")'),
    NAMESPACE: (tag) => this.done(tag, 'NAMESPACE', '* NAMESPACE (("" "/")) NIL NIL'),
    ENABLE: (tag) => this.done(tag, 'ENABLE', '* ENABLED'),
    LOGIN: (tag, words) => this.login(tag, words),
    LIST: (tag) => this.list(tag, 'LIST'),
    LSUB: (tag) => this.list(tag, 'LSUB'),
    SELECT: (tag, words) => this.open(tag, words, 'READ-WRITE'),
    EXAMINE: (tag, words) => this.open(tag, words, 'READ-ONLY'),
    NOOP: (tag) => this.noop(tag),
    IDLE: (tag) => this.idle(tag),
    UID: (tag, [verb = '', ...words]) => this.uid(tag, verb.toUpperCase(), words),
    CLOSE: (tag) => this.leave(tag),
    UNSELECT: (tag) => this.leave(tag),
    LOGOUT: (tag) => this.logout(tag),
  };

  start(): void {
    this.socket.on('data', (chunk) => this.read(Buffer.from(chunk)));
    this.socket.on('close', () => this.deaf());
    this.say('* OK IMAP4rev1 ready');
  }

  /** Cuts the stream into commands; a literal `{n}` is asked for and then stands in its command as a quoted string. */
  private read(chunk: Buffer): void {
    this.pending = Buffer.concat([this.pending, chunk]);
    for (;;) {
      const text = this.pending.toString('latin1');
      const literal = /^[^\r\n]*\{(\d+)(\+?)\}\r\n/.exec(text);
      if (literal) {
        const head = literal[0].length;
        const length = Number(literal[1]);
        if (this.pending.length < head + length) return literal[2] || this.pending.length > head ? undefined : this.say('+ go on');
        const value = quoted(text.slice(head, head + length));
        this.pending = Buffer.from(text.slice(0, head).replace(/\{\d+\+?\}\r\n$/, value) + text.slice(head + length), 'latin1');
        continue;
      }
      const end = text.indexOf('\r\n');
      if (end < 0) return;
      this.pending = this.pending.subarray(end + 2);
      this.obey(Buffer.from(text.slice(0, end), 'latin1').toString('utf8'));
    }
  }

  private obey(line: string): void {
    if (this.idling !== undefined && line.toUpperCase() === 'DONE') return this.stopIdling();
    const [tag = '*', verb = '', ...words] = wordsOf(line);
    const command = this.commands[verb.toUpperCase()];
    if (!command) return this.say(`${tag} BAD unknown command`);
    if (!this.account && !['CAPABILITY', 'ID', 'LOGIN', 'LOGOUT', 'NOOP'].includes(verb.toUpperCase()))
      return this.say(`${tag} NO sign in first`);
    command(tag, words);
  }

  private login(tag: string, [user = '', password = '']: string[]): void {
    const account = this.find(user);
    if (!account || account.password !== password) return this.say(`${tag} NO [AUTHENTICATIONFAILED] wrong user or password`);
    this.account = account;
    this.say(`${tag} OK [CAPABILITY ${CAPABILITIES}] signed in`);
  }

  private list(tag: string, verb: string): void {
    const special = (name: string) => (name === 'Sent' ? ' \\Sent' : '');
    this.done(
      tag,
      verb,
      ...[...(this.account?.folders.values() ?? [])].map(({ name }) => `* ${verb} (\\HasNoChildren${special(name)}) "/" ${quoted(name)}`),
    );
  }

  private open(tag: string, [name = '']: string[], access: string): void {
    const folder = this.account?.folder(name);
    if (!folder) return this.say(`${tag} NO [NONEXISTENT] no such folder`);
    this.forget();
    this.folder = folder;
    this.known = folder.all.length;
    this.deaf = folder.listen(() => this.idling !== undefined && this.tellNews());
    this.say(
      '* FLAGS (\\Seen)',
      `* ${this.known} EXISTS`,
      '* 0 RECENT',
      `* OK [UIDVALIDITY ${folder.uidValidity}]`,
      `* OK [UIDNEXT ${folder.uidNext}]`,
      `${tag} OK [${access}] open`,
    );
  }

  private uid(tag: string, verb: string, words: string[]): void {
    if (!this.folder) return this.say(`${tag} BAD no folder is open`);
    if (verb === 'SEARCH')
      return this.done(
        tag,
        'UID SEARCH',
        `* SEARCH ${search(this.folder, words)
          .map((mail) => mail.uid)
          .join(' ')}`.trim(),
      );
    if (verb !== 'FETCH') return this.say(`${tag} BAD unknown command`);
    const [set = '', ...items] = words;
    const highest = this.folder.all.at(-1)?.uid ?? 0;
    for (const [index, mail] of this.folder.all.entries())
      if (inSet(set, mail.uid, highest)) this.socket.write(fetched(mail, index + 1, items));
    this.done(tag, 'UID FETCH');
  }

  private noop(tag: string): void {
    this.tellNews();
    this.done(tag, 'NOOP');
  }

  private idle(tag: string): void {
    this.idling = tag;
    this.say('+ idling');
    this.tellNews();
  }

  private stopIdling(): void {
    const tag = this.idling ?? '*';
    this.idling = undefined;
    this.done(tag, 'IDLE');
  }

  private tellNews(): void {
    if (!this.folder || this.folder.all.length === this.known) return;
    this.known = this.folder.all.length;
    this.say(`* ${this.known} EXISTS`);
  }

  private leave(tag: string): void {
    this.forget();
    this.done(tag, 'CLOSE');
  }

  private logout(tag: string): void {
    this.say('* BYE', `${tag} OK signed out`);
    this.socket.end();
  }

  private forget(): void {
    this.deaf();
    this.folder = undefined;
  }

  private done(tag: string, verb: string, ...lines: string[]): void {
    this.say(...lines, `${tag} OK ${verb} done`);
  }

  private say(...lines: string[]): void {
    if (this.socket.writable) this.socket.write(lines.map((line) => `${line}\r\n`).join(''));
  }
}
