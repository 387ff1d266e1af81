import type { ChatState } from '../chat';
import type { Words } from '../words';
import { h, icon, ICONS } from './dom';

/** Who answers, whether somebody is there, and how long it takes. */
export class Header {
  readonly element: HTMLElement;
  private readonly title = h('h2', { id: 'chat-title' });
  private readonly status = h('p', { class: 'status' });
  private readonly banner = h('div', { class: 'banner', role: 'status' });

  constructor(
    private readonly words: Words,
    actions: { close(): void; leave(): void },
  ) {
    this.element = h(
      'header',
      {},
      h(
        'div',
        { class: 'bar' },
        h('div', { class: 'names' }, this.title, this.status),
        h(
          'button',
          { type: 'button', class: 'icon-button', 'aria-label': words.leave, title: words.leave, onclick: actions.leave },
          icon(ICONS.mail),
        ),
        h(
          'button',
          { type: 'button', class: 'icon-button', 'aria-label': words.close, title: words.close, onclick: actions.close },
          icon(ICONS.close),
        ),
      ),
      this.banner,
    );
  }

  show({ welcome, isConnected, refused }: ChatState): void {
    this.title.textContent = welcome?.title ?? ' ';
    this.status.textContent = welcome ? this.statusOf(welcome) : this.words.connecting;
    this.element.classList.toggle('online', isConnected && (welcome?.online ?? false));
    const banner = refused ? this.words.refused : welcome && !isConnected ? this.words.lost : '';
    if (this.banner.textContent !== banner) this.banner.textContent = banner;
  }

  private statusOf({ online, replyMinutes }: NonNullable<ChatState['welcome']>): string {
    const here = online ? this.words.online : this.words.away;
    const wait = replyMinutes !== null ? this.words.usually(replyMinutes) : online ? '' : this.words.soon;
    return wait ? `${here} · ${wait}` : here;
  }
}
