import type { SeedTemplate } from './seed-template';

/** Said when nobody can answer, and only then; with the day on which somebody can. */
export const AWAY_TEMPLATES: readonly SeedTemplate[] = [
  {
    code: 'away_person',
    use: 'automatic',
    privacy: 'P0',
    texts: {
      en: {
        title: 'Your adjuster is away',
        body: '{{ brand }}: we have your message. Your adjuster is away and is back on {{ returnsAt }}.{% if helpPhone %} If it cannot wait, call {{ helpPhone }}.{% endif %}',
      },
      'zh-CN': {
        title: '理赔员休假中',
        body: '【{{ brand }}】您的消息已收到。您的理赔员目前不在岗，将于{{ returnsAt }}返回后回复您。{% if helpPhone %}如有急事请致电{{ helpPhone }}。{% endif %}',
      },
    },
  },
];
