import type { SeedTemplate } from './seed-template';

/** The link to the page on which customers choose by themselves how they are written to. */
export const PREFERENCE_TEMPLATES: readonly SeedTemplate[] = [
  {
    code: 'preferences_link',
    use: 'automatic',
    privacy: 'P1',
    texts: {
      en: {
        title: 'Your contact preferences',
        body: '{{ brand }}: choose here how and when we contact you about your claim: {{ portalUrl }} The link is yours alone.',
      },
      'zh-CN': {
        title: '联系方式设置',
        body: '【{{ brand }}】您可在此设置我们就理赔事宜联系您的方式和时间：{{ portalUrl }} 链接仅供您本人使用。',
      },
    },
  },
];
