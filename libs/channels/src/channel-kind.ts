import type { Capabilities, Channel, ChannelDeps } from '@claimline/messages';
import type { z } from 'zod';

/** A kind of line to the outside world, e.g. SMS through Twilio. One folder makes one, `all.ts` lists it, nothing else names the vendor. */
export interface ChannelKind<Config = unknown, Secrets = unknown> {
  /** Kebab-case, stored with every inbox and message: never renamed. */
  readonly kind: string;
  /** The name that people read, e.g. "SMS". */
  readonly title: string;
  /** What an administrator types; the form is drawn from it, so every field has a `.meta({ title, description })`. */
  readonly config: z.ZodType<Config>;
  /** What is kept encrypted; same form, never shown again. */
  readonly secrets: z.ZodType<Secrets>;
  readonly capabilities: Capabilities;
  /** The line's own address in a checked configuration (number, mailbox, app id), under which inbound events name it. */
  address(config: Config): string;
  open(settings: { readonly config: Config; readonly secrets: Secrets }, deps: ChannelDeps): Channel;
}
