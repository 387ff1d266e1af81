import type { VisitorMessage } from '@claimline/protocol';
import type { ChatState } from '../chat';
import type { Waiting } from '../send-queue';
import type { WidgetSettings } from '../widget-host';
import type { Words } from '../words';
import { h, icon, ICONS } from './dom';
import { DRAWN, fileView } from './file-view';

/** What somebody may do with a message that was not taken. */
export interface MessageActions {
  again(clientMsgId: string): void;
  drop(clientMsgId: string): void;
}

/** One entry of the list, whether the hub has it yet or not. */
interface Entry {
  readonly key: string;
  readonly isMine: boolean;
  readonly author: string | null;
  readonly text: string;
  readonly files: readonly (
    VisitorMessage['attachments'][number] | (Waiting['files'][number] & { readonly state: 'stored'; readonly url?: undefined })
  )[];
  readonly at: Date;
  readonly mark: 'waiting' | 'sent' | 'read' | 'failed' | 'none';
  readonly problem?: string;
}

interface Row {
  readonly element: HTMLElement;
  readonly body: string;
  readonly meta: HTMLElement;
}

// Closer to the end than this, somebody reads the end and wants to stay there.
const NEAR_END = 80;
const LINK = /https?:\/\/[^\s<>"'，。；）]+[^\s<>"'，。；）.,;:!?)]/g;

/** The thread: a live region that says new messages aloud, keeps its place while older ones are read, and changes only what has changed. */
export class MessageList {
  readonly element: HTMLElement;
  private readonly list: HTMLElement;
  private readonly greeting: HTMLElement;
  private readonly typing: HTMLElement;
  private readonly latest: HTMLButtonElement;
  private readonly rows = new Map<string, Row>();

  constructor(
    private readonly settings: WidgetSettings,
    private readonly words: Words,
    private readonly actions: MessageActions,
  ) {
    this.greeting = h('div', { class: 'greeting' });
    this.list = h('div', { class: 'list', role: 'log', 'aria-live': 'polite', 'aria-label': words.thread, tabindex: '0' }, this.greeting);
    this.typing = h('div', { class: 'typing', 'aria-live': 'polite' });
    this.latest = h(
      'button',
      { class: 'latest', type: 'button', hidden: true, onclick: () => this.toEnd() },
      icon(ICONS.down),
      words.latest,
    );
    // A picture is drawn later than its message is placed, and makes it taller.
    this.list.addEventListener(
      DRAWN,
      ({ target }) => this.latest.hidden && this.isNearEndWithout((target as HTMLElement).offsetHeight) && this.toEnd(),
    );
    this.list.addEventListener('scroll', () => (this.latest.hidden = this.isNearEnd));
    this.element = h('div', { class: 'thread' }, this.list, this.typing, this.latest);
  }

  show(state: ChatState): void {
    const wasNearEnd = this.isNearEnd;
    this.greeting.textContent = state.welcome?.greeting ?? '';
    const entries = [...state.messages.map(entryOf), ...state.waiting.map(waitingEntry)];
    const isNew = this.place(entries);
    const typing = state.typing ? this.words.typing(state.typing) : '';
    if (this.typing.textContent !== typing) this.typing.textContent = typing;
    if (wasNearEnd || (isNew && entries.at(-1)?.isMine)) this.toEnd();
    else if (isNew) this.latest.hidden = false;
  }

  toEnd(): void {
    this.list.scrollTop = this.list.scrollHeight;
    this.latest.hidden = true;
  }

  private get isNearEnd(): boolean {
    return this.isNearEndWithout(0);
  }

  private isNearEndWithout(height: number): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - height - scrollTop - clientHeight < NEAR_END;
  }

  /** Brings the rows into line with the entries; true when one is new at the end. */
  private place(entries: readonly Entry[]): boolean {
    const before = this.rows.size;
    let last: Element = this.greeting;
    let day = '';
    for (const entry of entries) {
      const row = this.rowOf(entry);
      this.mark(row, entry);
      const label = this.dayOf(entry.at);
      row.element.dataset.day = label === day ? '' : label;
      day = label;
      if (last.nextElementSibling !== row.element) last.after(row.element);
      last = row.element;
    }
    const keys = new Set(entries.map(({ key }) => key));
    for (const [key, row] of this.rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      this.rows.delete(key);
    }
    return this.rows.size > before;
  }

  private rowOf(entry: Entry): Row {
    const body = JSON.stringify([entry.text, entry.author, entry.files.map(({ id, state, url }) => [id, state, url !== undefined])]);
    const known = this.rows.get(entry.key);
    if (known?.body === body) return known;
    const meta = h('div', { class: 'meta', 'aria-live': 'off' });
    const files = entry.files.map((file) => fileView(file, this.settings.hub, this.words));
    const said = entry.isMine ? this.words.you : (entry.author ?? '');
    const element = h(
      'article',
      { class: entry.isMine ? 'message mine' : 'message theirs', 'aria-label': said || undefined },
      !entry.isMine && entry.author !== null && h('div', { class: 'author' }, entry.author),
      h('div', { class: 'bubble' }, entry.text !== '' && h('p', {}, ...linked(entry.text)), ...files),
      meta,
    );
    known?.element.replaceWith(element);
    const row = { element, body, meta };
    this.rows.set(entry.key, row);
    return row;
  }

  private mark(row: Row, entry: Entry): void {
    const time = entry.at.toLocaleTimeString(this.settings.language, { hour: '2-digit', minute: '2-digit' });
    const words = { waiting: this.words.waiting, sent: this.words.sent, read: this.words.read, failed: '', none: '' }[entry.mark];
    const sign = `${time} ${entry.mark} ${entry.problem ?? ''}`;
    row.element.classList.toggle('failed', entry.mark === 'failed');
    if (row.meta.dataset.sign === sign) return;
    row.meta.dataset.sign = sign;
    row.meta.replaceChildren(
      ...(entry.mark === 'failed'
        ? this.failure(entry)
        : [
            h('time', { datetime: entry.at.toISOString() }, time),
            words && h('span', { class: `tick ${entry.mark}`, title: words }, words),
          ].filter((part) => part !== '')),
    );
  }

  private failure({ key, problem = '' }: Entry): HTMLElement[] {
    return [
      h('span', { role: 'alert' }, this.words.problem[problem] ?? this.words.otherProblem),
      h('button', { type: 'button', class: 'text-button', onclick: () => this.actions.again(key) }, this.words.again),
      h('button', { type: 'button', class: 'text-button', onclick: () => this.actions.drop(key) }, this.words.discard),
    ];
  }

  private dayOf(at: Date): string {
    if (at.toDateString() === new Date().toDateString()) return this.words.today;
    return at.toLocaleDateString(this.settings.language, { weekday: 'short', month: 'long', day: 'numeric' });
  }
}

const entryOf = (message: VisitorMessage): Entry => ({
  key: message.clientMsgId ?? message.id,
  isMine: message.mine,
  author: message.author,
  text: message.text,
  files: message.attachments,
  at: new Date(message.at),
  mark: message.mine ? (message.read ? 'read' : 'sent') : 'none',
});

const waitingEntry = ({ clientMsgId, text, files, at, problem }: Waiting): Entry => ({
  key: clientMsgId,
  isMine: true,
  author: null,
  text,
  files: files.map((file) => ({ ...file, state: 'stored' as const })),
  at: new Date(at),
  mark: problem === undefined ? 'waiting' : 'failed',
  problem,
});

/** Words with their links: only http and https, and opened so that the other page learns nothing of this one. */
function linked(text: string): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let at = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(at, found.index), h('a', { href: found[0], target: '_blank', rel: 'noopener noreferrer nofollow' }, found[0]));
    at = found.index + found[0].length;
  }
  return [...parts, text.slice(at)].filter((part) => part !== '');
}
