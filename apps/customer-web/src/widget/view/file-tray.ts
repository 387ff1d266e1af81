import type { WaitingFile } from '../send-queue';
import { LARGEST_FILE, MOST_FILES, upload, type Upload } from '../upload';
import type { Words } from '../words';
import { h, icon, ICONS } from './dom';
import { sizeText } from './file-view';

/** Where files are handed in; it is known once the hub knows the visitor. */
export type UploadDoor = () => Promise<{ readonly url: string; readonly token: string }>;

interface Item {
  readonly file: File;
  readonly element: HTMLElement;
  readonly bar: HTMLProgressElement;
  readonly note: HTMLElement;
  readonly retry: HTMLButtonElement;
  sending?: Upload;
  id?: string;
  hasFailed?: boolean;
}

/** The files that go with the next message, with how far each is. A file that did not arrive can be tried again or taken out. */
export class FileTray {
  readonly element: HTMLElement;
  private items: Item[] = [];

  constructor(
    private readonly words: Words,
    private readonly door: UploadDoor,
    private readonly changed: () => void,
  ) {
    this.element = h('ul', { class: 'tray' });
  }

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  /** All of them are at the hub. */
  get isReady(): boolean {
    return this.items.every(({ id }) => id !== undefined);
  }

  /** Some are still on their way, and none of them has failed. */
  get isUnderWay(): boolean {
    return !this.isReady && this.items.every(({ id, hasFailed }) => id !== undefined || !hasFailed);
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      if (this.items.length < MOST_FILES) this.begin(file);
      else this.sayTooMany();
    }
    this.changed();
  }

  /** Takes them out for a message. */
  take(): WaitingFile[] {
    const taken = this.items.flatMap(({ id, file }) =>
      id ? [{ id, name: file.name, contentType: file.type || 'application/octet-stream', size: file.size }] : [],
    );
    this.items = [];
    this.element.replaceChildren();
    return taken;
  }

  private begin(file: File): void {
    const bar = h('progress', { max: '1', value: '0' });
    const note = h('span', { class: 'tray-note', role: 'status' }, sizeText(file.size));
    const retry = h('button', { type: 'button', class: 'text-button', hidden: true, onclick: () => this.send(item) }, this.words.again);
    const remove = h(
      'button',
      { type: 'button', class: 'icon-button small', 'aria-label': this.words.remove(file.name), onclick: () => this.remove(item) },
      icon(ICONS.close),
    );
    const element = h('li', {}, icon(ICONS.file), h('span', { class: 'file-name' }, file.name), note, retry, remove, bar);
    const item: Item = { file, element, bar, note, retry };
    this.items.push(item);
    this.element.append(element);
    if (file.size > LARGEST_FILE) this.fail(item, this.words.tooLarge);
    else this.send(item);
  }

  private send(item: Item): void {
    item.retry.hidden = true;
    item.hasFailed = false;
    item.element.classList.remove('failed');
    item.bar.hidden = false;
    this.handIn(item).then(
      (id) => {
        item.id = id;
        item.bar.hidden = true;
        item.note.textContent = sizeText(item.file.size);
        this.changed();
      },
      (error: Error) =>
        this.fail(
          item,
          error.message === 'lost' ? this.words.lostFile : (this.words.problem[error.message] ?? this.words.otherProblem),
          true,
        ),
    );
  }

  private async handIn(item: Item): Promise<string> {
    const door = await this.door();
    // Taken out while the hub was still being sought.
    if (!this.items.includes(item)) throw new Error('lost');
    item.sending = upload(item.file, door, (part) => this.progress(item, part));
    return item.sending.done;
  }

  private progress(item: Item, part: number): void {
    item.bar.value = part;
    item.bar.setAttribute('aria-label', this.words.uploading(item.file.name, Math.round(part * 100)));
  }

  private fail(item: Item, why: string, mayRetry = false): void {
    item.element.classList.add('failed');
    item.hasFailed = true;
    item.note.textContent = why;
    item.bar.hidden = true;
    item.retry.hidden = !mayRetry;
    this.changed();
  }

  private remove(item: Item): void {
    this.items = this.items.filter((one) => one !== item);
    if (item.id === undefined) item.sending?.stop();
    item.element.remove();
    this.changed();
  }

  private sayTooMany(): void {
    this.element.querySelector('.too-many')?.remove();
    this.element.append(h('li', { class: 'too-many failed', role: 'alert' }, this.words.tooMany));
  }
}
