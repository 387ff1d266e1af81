import type { VisitorMessage } from '@claimline/protocol';
import type { Words } from '../words';
import { h, icon, ICONS } from './dom';

type ShownFile = Pick<VisitorMessage['attachments'][number], 'name' | 'contentType' | 'size' | 'state'> & { readonly url?: string };

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;
/** Said by a file once its picture is there. */
export const DRAWN = 'drawn';
const WIDEST = 240;
const HIGHEST = 200;

/** A file of a message: a picture drawn small, anything else by its name. Both open whole in a tab of their own. */
export function fileView(file: ShownFile, hub: string, words: Words): HTMLElement {
  const name = h('span', { class: 'file-name' }, file.name);
  const about = h('span', { class: 'file-size' }, file.state === 'stored' ? sizeText(file.size) : words.goneFile);
  if (!file.url || file.state !== 'stored') return h('span', { class: 'file' }, icon(ICONS.file), name, about);
  const link = h('a', { class: 'file', href: hub + file.url, target: '_blank', rel: 'noopener noreferrer' }, icon(ICONS.file), name, about);
  if (PICTURE.test(file.contentType)) void draw(link, hub + file.url, file.name);
  return link;
}

/** Pixels are drawn onto a canvas: an `img` of ours would need a line in the page's content policy. */
async function draw(link: HTMLAnchorElement, url: string, name: string): Promise<void> {
  try {
    const response = await fetch(url, { credentials: 'omit' });
    if (!response.ok) return;
    const picture = await createImageBitmap(await response.blob());
    const scale = Math.min(1, WIDEST / picture.width, HIGHEST / picture.height);
    const dense = Math.min(2, devicePixelRatio || 1);
    const canvas = h('canvas', { class: 'picture', role: 'img', 'aria-label': name });
    canvas.width = Math.max(1, Math.round(picture.width * Math.min(1, scale * dense)));
    canvas.height = Math.max(1, Math.round(picture.height * Math.min(1, scale * dense)));
    canvas.style.width = `${Math.max(24, Math.round(picture.width * scale))}px`;
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    link.className = 'picture-link';
    link.replaceChildren(canvas);
    link.dispatchEvent(new Event(DRAWN, { bubbles: true }));
  } catch {
    // A picture that cannot be drawn is still a file with a name.
  }
}

/** A size as people read it. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return '';
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
