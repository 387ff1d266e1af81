import { z } from 'zod';
import { Id } from './paging';
import { ConsentLine, Preferences } from './preferences';

const Language = z.enum(['en', 'zh-CN']);

/** `GET /api/portal/preferences/:token/choices`: how a customer is written to, as they see and change it themselves. */
export const PortalChoices = z.object({
  language: Language,
  /** Channel kinds, the favourite first. */
  favourites: z.array(z.string()),
  hours: Preferences.omit({ channels: true }),
  /** The hours are of this zone. */
  timeZone: z.string(),
  ways: z.array(
    z.object({
      address: Id,
      /** Masked: whoever holds the link sees which, not what. */
      to: z.string(),
      channel: z.string(),
      title: z.string(),
      purposes: z.array(z.object({ purpose: ConsentLine.shape.purpose, state: z.enum(['granted', 'opted-out', 'unknown']) })),
    }),
  ),
  /** What is agreed to by ticking `electronic_notices`. */
  electronic: z.object({ version: z.string(), words: z.string() }),
});
export type PortalChoices = z.infer<typeof PortalChoices>;

/** `POST /api/portal/preferences/:token/choices`: what is not given stays as it is. */
export const PortalChoose = z
  .object({
    language: Language,
    favourites: z.array(z.string().max(40)).max(20),
    hours: Preferences.omit({ channels: true }),
    consents: z
      .array(z.object({ address: Id, channel: z.string().max(40), purpose: ConsentLine.shape.purpose, state: ConsentLine.shape.state }))
      .max(100),
    /** The wording that was on the page; another one in force meanwhile refuses an agreement to it. */
    electronicVersion: z.string().max(40),
  })
  .partial();
export type PortalChoose = z.infer<typeof PortalChoose>;

/** `POST /api/portal/home/preferences`: where whoever has signed in says how they want to be written to. */
export const PortalPreferencesPage = z.object({ path: z.string() });
export type PortalPreferencesPage = z.infer<typeof PortalPreferencesPage>;

/** `POST /api/contacts/:id/preferences-link`: the link to that page, sent to the customer where they last wrote. */
export const PreferencesLinkSent = z.object({ conversation: Id, message: Id });
export type PreferencesLinkSent = z.infer<typeof PreferencesLinkSent>;
