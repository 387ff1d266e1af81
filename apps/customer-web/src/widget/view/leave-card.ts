import type { VisitorSend } from '@claimline/protocol';
import { contactIn } from '../contact';
import type { Words } from '../words';
import { h } from './dom';

/** What became of the card. */
export interface LeaveActions {
  save(contact: NonNullable<VisitorSend['contact']>): void;
  skip(): void;
}

/** Asks somebody who leaves before the answer where they can be reached. */
export class LeaveCard {
  readonly element: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly problem: HTMLElement;

  constructor(
    private readonly words: Words,
    private readonly actions: LeaveActions,
  ) {
    this.field = h('input', {
      type: 'text',
      id: 'leave-field',
      inputmode: 'email',
      autocomplete: 'email',
      'aria-describedby': 'leave-problem',
    });
    this.problem = h('p', { class: 'problem-text', id: 'leave-problem', role: 'alert' });
    this.element = h(
      'form',
      { class: 'leave', hidden: true, novalidate: true, onsubmit: (event: Event) => this.submit(event) },
      h('h3', {}, words.leaveTitle),
      h('p', {}, words.leaveText),
      h('label', { for: 'leave-field' }, words.leaveField),
      this.field,
      this.problem,
      h(
        'div',
        { class: 'row' },
        h('button', { type: 'submit', class: 'primary' }, words.leaveSave),
        h('button', { type: 'button', class: 'text-button', onclick: () => this.skip() }, words.leaveSkip),
      ),
    );
  }

  get isShown(): boolean {
    return !this.element.hidden;
  }

  show(): void {
    this.element.hidden = false;
    this.problem.textContent = '';
    this.field.focus();
  }

  hide(): void {
    this.element.hidden = true;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const contact = contactIn(this.field.value);
    this.problem.textContent = contact ? '' : this.words.leaveWrong;
    this.field.setAttribute('aria-invalid', String(!contact));
    if (!contact) return this.field.focus();
    this.hide();
    this.actions.save(contact);
  }

  private skip(): void {
    this.hide();
    this.actions.skip();
  }
}
