import type { SeedTemplate } from './seed-template';

/** What many hear at once after a catastrophe. The first is a matter of safety and goes to everybody who has not refused messages; the second only to those who asked for news. */
export const STORM_TEMPLATES: readonly SeedTemplate[] = [
  {
    code: 'cat_safety',
    use: 'notice',
    privacy: 'P0',
    texts: {
      en: {
        title: 'Safety after a catastrophe',
        subject: 'Your safety, and how to report a loss',
        body: '{{ brand }}: {% if eventName %}{{ eventName }}: {% endif %}your safety comes first. In danger, call the emergency number. To report a loss, reply here with photos{% if helpPhone %} or call {{ helpPhone }}{% endif %}. Reply STOP to end messages.',
      },
      'zh-CN': {
        title: '灾害安全提示',
        subject: '安全提示与报案方式',
        body: '【{{ brand }}】{% if eventName %}{{ eventName }}：{% endif %}请先确保人身安全，遇险请拨打急救电话。报案可直接回复本消息并附照片{% if helpPhone %}，或致电{{ helpPhone }}{% endif %}。回复TD退订',
      },
    },
  },
  {
    code: 'cat_update',
    use: 'notice',
    privacy: 'P1',
    texts: {
      en: {
        title: 'News after a catastrophe',
        subject: 'How we handle the claims of this event',
        body: '{{ brand }}: {{ salutation }}, {% if eventName %}{{ eventName }}: {% endif %}many claims arrive at once. Yours is in our hands; those who are hurt or have no home come first. We write to you here. Reply STOP to end messages.',
      },
      'zh-CN': {
        title: '灾害理赔进展',
        subject: '本次灾害的理赔安排',
        body: '【{{ brand }}】{{ salutation }}，{% if eventName %}{{ eventName }}：{% endif %}近期报案集中，您的案件我们已在处理，有人员受伤或无家可归的优先。如有进展将在此告知。回复TD退订',
      },
    },
  },
];
