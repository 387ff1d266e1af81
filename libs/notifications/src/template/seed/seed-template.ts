import type { Language, PrivacyClass } from '@claimline/messages';

/** A text that comes with the product: version 1, until somebody publishes another. */
export interface SeedTemplate {
  readonly code: string;
  readonly use: 'reply' | 'notice' | 'automatic';
  readonly privacy: PrivacyClass;
  readonly texts: Readonly<Record<Language, { readonly title: string; readonly subject?: string; readonly body: string }>>;
}
