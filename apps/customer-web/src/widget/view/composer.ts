import type { WaitingFile } from '../send-queue';
import type { Words } from '../words';
import { h, icon, ICONS } from './dom';
import { FileTray, type UploadDoor } from './file-tray';

/** What the composer does with what was written. */
export interface ComposerActions {
  say(text: string, files: readonly WaitingFile[]): void;
  typing(isActive: boolean): void;
  readonly door: UploadDoor;
}

const TYPING_EVERY_MS = 2_000;
const TYPING_ENDS_MS = 3_000;
const LONGEST = 5_000;

/** Where the visitor writes: Enter sends, Shift+Enter breaks the line; files come by button, camera, paste or drop. */
export class Composer {
  readonly element: HTMLElement;
  private readonly text: HTMLTextAreaElement;
  private readonly button: HTMLButtonElement;
  private readonly tray: FileTray;
  private typedAt = 0;
  /** Sent before its files had arrived: it goes when they have. */
  private isWanted = false;
  private typingEnds: ReturnType<typeof setTimeout> | undefined;

  constructor(
    words: Words,
    private readonly actions: ComposerActions,
  ) {
    this.tray = new FileTray(words, actions.door, () => this.look());
    this.text = h('textarea', {
      rows: '1',
      maxlength: String(LONGEST),
      placeholder: words.write,
      'aria-label': words.write,
      enterkeyhint: 'send',
    });
    this.button = h('button', { type: 'submit', class: 'icon-button send', 'aria-label': words.send, disabled: true }, icon(ICONS.send));
    this.text.addEventListener('input', () => this.typed());
    this.text.addEventListener('keydown', (event) => this.onKey(event));
    this.text.addEventListener('paste', (event) => this.onFiles(event, event.clipboardData?.files));
    this.element = h(
      'form',
      { class: 'composer', onsubmit: (event: Event) => this.submit(event) },
      this.tray.element,
      h(
        'div',
        { class: 'row' },
        this.picker(words.attach, ICONS.clip, { multiple: true }),
        this.picker(words.camera, ICONS.camera, { accept: 'image/*', capture: 'environment' }),
        this.text,
        this.button,
      ),
    );
  }

  focus(): void {
    this.text.focus();
  }

  take(files: Iterable<File>): void {
    this.tray.add(files);
  }

  private picker(label: string, path: string, attributes: Record<string, string | boolean>): HTMLElement {
    const input = h('input', { type: 'file', class: 'hidden-input', tabindex: '-1', 'aria-hidden': 'true', ...attributes });
    input.addEventListener('change', () => {
      this.tray.add([...(input.files ?? [])]);
      input.value = '';
    });
    const kind = attributes.capture ? 'icon-button camera' : 'icon-button';
    return h(
      'span',
      { class: 'picker' },
      input,
      h('button', { type: 'button', class: kind, 'aria-label': label, title: label, onclick: () => input.click() }, icon(path)),
    );
  }

  private onKey(event: KeyboardEvent): void {
    // Enter that ends the choice of a Chinese character is not meant for us (keyCode 229 where isComposing is late).
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.element.dispatchEvent(new Event('submit', { cancelable: true }));
  }

  private onFiles(event: Event, files: FileList | undefined): void {
    if (!files?.length) return;
    event.preventDefault();
    this.tray.add([...files]);
  }

  private submit(event: Event): void {
    event.preventDefault();
    this.send();
  }

  private send(): void {
    const text = this.text.value.trim();
    this.isWanted = this.tray.isUnderWay;
    if (!this.tray.isReady || (text === '' && this.tray.isEmpty)) return;
    this.actions.say(text, this.tray.take());
    this.text.value = '';
    this.typedAt = 0;
    clearTimeout(this.typingEnds);
    this.look();
    this.text.focus();
  }

  private typed(): void {
    this.isWanted = false;
    this.look();
    clearTimeout(this.typingEnds);
    if (this.text.value === '') return this.actions.typing(false);
    this.typingEnds = setTimeout(() => this.actions.typing(false), TYPING_ENDS_MS);
    if (Date.now() - this.typedAt < TYPING_EVERY_MS) return;
    this.typedAt = Date.now();
    this.actions.typing(true);
  }

  private look(): void {
    if (this.isWanted && !this.tray.isUnderWay) {
      this.isWanted = false;
      if (this.tray.isReady) return this.send();
    }
    this.button.disabled = !this.tray.isReady || (this.text.value.trim() === '' && this.tray.isEmpty);
    this.text.style.height = 'auto';
    this.text.style.height = `${Math.min(this.text.scrollHeight, 140)}px`;
  }
}
