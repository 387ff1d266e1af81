import { z } from 'zod';
import { Id, Moment } from './paging';

/** A text that people and rules send, by code and language, versioned. `GET /api/templates`. */
export const Template = z.object({
  code: z.string(),
  title: z.string(),
  /** Where it may be used: by the composer, by notification rules, by automatic answers. */
  use: z.enum(['reply', 'notice', 'automatic']),
  language: z.enum(['en', 'zh-CN']),
  version: z.number(),
  subject: z.string().nullable(),
  body: z.string(),
  /** The most public channel it may travel on (P1 = SMS and up). */
  privacy: z.enum(['P0', 'P1', 'P2', 'P3', 'P4']),
  publishedAt: Moment,
});
export type Template = z.infer<typeof Template>;
export const TemplateQuery = z.object({
  use: z.enum(['reply', 'notice', 'automatic']).optional(),
  language: z.enum(['en', 'zh-CN']).optional(),
  q: z.string().max(100).optional(),
});
export const Templates = z.object({ items: z.array(Template) });

/** `POST /api/templates/:code/render`: the text for this conversation, ready for the composer; with a draft, as it would read once published. */
export const RenderTemplate = z.object({
  conversation: Id,
  channel: z.string().max(40),
  language: z.enum(['en', 'zh-CN']).optional(),
  draft: z.object({ subject: z.string().max(300).nullable(), body: z.string().min(1).max(5000) }).optional(),
});
export const RenderedTemplate = z.object({ text: z.string(), subject: z.string().nullable(), language: z.enum(['en', 'zh-CN']) });
export type RenderedTemplate = z.infer<typeof RenderedTemplate>;

/** `GET /api/templates/:code/versions`: every version of one language, newest first. */
export const TemplateVersionsQuery = z.object({ language: z.enum(['en', 'zh-CN']) });

/** `POST /api/templates/:code/versions`: publishes a new version of one language. */
export const PublishTemplate = z.object({
  language: z.enum(['en', 'zh-CN']),
  subject: z.string().max(300).nullable().default(null),
  body: z.string().min(1).max(5000),
});
export type PublishTemplate = z.input<typeof PublishTemplate>;
