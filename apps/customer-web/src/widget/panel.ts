import type { VisitorSend } from '@claimline/protocol';
import { Chat } from './chat';
import { PANEL_STYLES } from './panel-styles';
import { Composer } from './view/composer';
import { h } from './view/dom';
import { Header } from './view/header';
import { LeaveCard } from './view/leave-card';
import { MessageList } from './view/message-list';
import type { Panel, PanelHost } from './widget-host';
import { wordsIn } from './words';

/** The open chat. */
class ChatPanel implements Panel {
  private readonly words;
  private readonly chat: Chat;
  private readonly header: Header;
  private readonly messages: MessageList;
  private readonly leave: LeaveCard;
  private readonly composer: Composer;
  private readonly element: HTMLElement;
  private isOpen = false;
  /** Asked once in a visit: a second time would be begging. */
  private hasAsked: boolean;

  constructor(private readonly host: PanelHost) {
    const words = (this.words = wordsIn(host.settings.language));
    this.hasAsked = host.store.get('reach') !== undefined;
    this.header = new Header(words, { close: () => this.leaveOrClose(), leave: () => this.leave.show() });
    this.messages = new MessageList(host.settings, words, { again: (id) => this.chat.sayAgain(id), drop: (id) => this.chat.drop(id) });
    this.leave = new LeaveCard(words, { save: (contact) => this.reach(contact), skip: () => this.close() });
    this.composer = new Composer(words, {
      say: (text, files) => this.chat.say(text, files),
      typing: (isActive) => this.chat.tellTyping(isActive),
      door: () => this.door(),
    });
    this.element = h(
      'section',
      { class: 'panel', role: 'dialog', 'aria-labelledby': 'chat-title', hidden: true },
      this.header.element,
      this.messages.element,
      this.leave.element,
      this.composer.element,
    );
    this.listen();
    const styles = new CSSStyleSheet();
    styles.replaceSync(PANEL_STYLES);
    host.root.adoptedStyleSheets = [...host.root.adoptedStyleSheets, styles];
    host.root.append(this.element);
    this.chat = new Chat(host, () => this.show());
    this.show();
  }

  open(): void {
    this.isOpen = true;
    this.element.hidden = false;
    this.show();
    this.messages.toEnd();
    this.composer.focus();
  }

  close(): void {
    this.isOpen = false;
    this.element.hidden = true;
    this.leave.hide();
    this.host.closed();
  }

  forget(): void {
    this.chat.forget();
    this.element.remove();
    if (this.isOpen) this.host.closed();
  }

  private show(): void {
    // The chat speaks before its maker has it in hand.
    if (!this.chat) return;
    const { state } = this.chat;
    this.header.show(state);
    this.messages.show(state);
    if (this.isOpen && document.visibilityState === 'visible') this.chat.seen();
  }

  private listen(): void {
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      if (this.leave.isShown) this.leave.hide();
      else this.close();
    });
    this.element.addEventListener('dragover', (event) => {
      event.preventDefault();
      this.element.classList.add('dropping');
    });
    for (const end of ['dragleave', 'drop']) this.element.addEventListener(end, () => this.element.classList.remove('dropping'));
    this.element.addEventListener('drop', (event) => {
      event.preventDefault();
      this.composer.take([...(event.dataTransfer?.files ?? [])]);
    });
    document.addEventListener('visibilitychange', () => this.show());
  }

  /** Somebody who goes while we owe an answer is asked once where they can be reached. */
  private leaveOrClose(): void {
    if (this.leave.isShown || this.hasAsked || !this.chat.waitsForAnswer) return this.close();
    this.hasAsked = true;
    this.leave.show();
  }

  private reach(contact: NonNullable<VisitorSend['contact']>): void {
    this.hasAsked = true;
    this.host.store.set('reach', 'known');
    const text = 'email' in contact ? this.words.byEmail(contact.email) : this.words.byPhone(contact.phone);
    this.chat.say(text, [], contact);
    this.composer.focus();
  }

  private async door(): Promise<{ url: string; token: string }> {
    const { hub, inbox } = this.host.settings;
    return { url: `${hub}/visitor/${inbox}/files`, token: await this.chat.token };
  }
}

/** Called by the loader, once. */
export const mount = (host: PanelHost): Panel => new ChatPanel(host);
