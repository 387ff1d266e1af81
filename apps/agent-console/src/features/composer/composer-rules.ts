import type { Composer, ComposerChannel, SendMessage } from '@claimline/protocol';

/** What is being written. */
export interface Writing {
  readonly kind: 'reply' | 'note';
  readonly channel: string | null;
  readonly text: string;
  readonly subject: string;
  /** Recipients chosen by hand; null: the channel's own. */
  readonly to: readonly string[] | null;
  readonly cc: readonly string[];
  /** The template the text comes from, as long as nobody has changed it. */
  readonly template: { readonly code: string; readonly text: string } | null;
}

/** Why it cannot be sent now; a key of `composer.json`. */
export type Obstacle =
  'empty' | 'uploading' | 'no-channel' | 'channel' | 'no-recipient' | 'too-long' | 'window' | 'files' | 'subject' | 'sensitive';

/** The channel to answer on: the chosen one, else what the customer used last if it can leave, else the first that can. */
export function channelFor(composer: Composer, chosen: string | null, not?: string): ComposerChannel | undefined {
  const find = (kind: string | null): ComposerChannel | undefined => composer.channels.find((one) => one.channel === kind);
  if (not !== undefined) return composer.channels.find((one) => one.able && one.channel !== not) ?? find(chosen ?? composer.preferred);
  const picked = find(chosen);
  if (picked) return picked;
  const preferred = find(composer.preferred);
  if (preferred?.able) return preferred;
  return composer.channels.find((one) => one.able) ?? preferred ?? composer.channels[0];
}

/** Whether free text may still go: a closed window lets templates pass only. */
export const windowClosed = (channel: ComposerChannel, now: number): boolean =>
  channel.windowUntil !== null && Date.parse(channel.windowUntil) <= now;

/** Who would get it. */
export const recipientsOf = (writing: Writing, channel: ComposerChannel): readonly string[] =>
  writing.to ?? channel.recipients.map((one) => one.value);

interface Situation {
  readonly writing: Writing;
  readonly channel: ComposerChannel | undefined;
  readonly files: { readonly ready: number; readonly pending: number };
  readonly now: number;
}

/** The first thing that keeps it from being sent; null when it may go. The hub decides again, this only saves the way. */
export function obstacleOf({ writing, channel, files, now }: Situation): Obstacle | null {
  if (files.pending > 0) return 'uploading';
  if (writing.text.trim() === '' && files.ready === 0) return 'empty';
  if (writing.kind === 'note') return null;
  if (!channel) return 'no-channel';
  if (!channel.able) return 'channel';
  if (recipientsOf(writing, channel).length === 0) return 'no-recipient';
  if (writing.text.length > channel.maxText) return 'too-long';
  if (files.ready > 0 && !channel.files) return 'files';
  if (windowClosed(channel, now) && !fromTemplate(writing)) return 'window';
  return null;
}

const fromTemplate = (writing: Writing): boolean => writing.template !== null && writing.template.text === writing.text;

/** The request that says exactly what the writer saw: channel and recipients are named, never left to a default that may have changed. */
export function requestOf(
  writing: Writing,
  channel: ComposerChannel | undefined,
  attachments: readonly string[],
  seen: number | undefined,
): SendMessage {
  const body: SendMessage = { kind: writing.kind, text: writing.text.trim() };
  if (attachments.length > 0) body.attachments = [...attachments];
  if (seen !== undefined) body.seen = seen;
  if (writing.kind === 'note' || !channel) return body;
  body.channel = channel.channel;
  body.to = [...recipientsOf(writing, channel)];
  if (writing.cc.length > 0) body.cc = [...writing.cc];
  if (channel.subject && writing.subject.trim()) body.subject = writing.subject.trim();
  if (fromTemplate(writing) && writing.template) body.template = writing.template.code;
  return body;
}

/** The word after a `/` at the beginning of the text or of a line: what a template is looked for by. Null where none is being typed. */
export function slashWord(text: string, caret: number): { readonly from: number; readonly word: string } | null {
  const found = /(?:^|\n)\/([^\s/]*)$/.exec(text.slice(0, caret));
  if (!found) return null;
  const word = found[1] ?? '';
  return { from: caret - word.length - 1, word };
}
