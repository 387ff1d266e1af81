import type { SeedTemplate } from './seed-template';

/** What somebody who reports a loss hears first, sent by a person with one click; and the link by which they say who they are. */
export const REPORT_TEMPLATES: readonly SeedTemplate[] = [
  {
    code: 'loss-heard',
    use: 'reply',
    privacy: 'P1',
    texts: {
      en: {
        title: '/heard We have your message',
        body: '{{ salutation }}, we have your message and are looking at it now. If anyone is hurt, call your local emergency number first. We will be back to you shortly.',
      },
      'zh-CN': {
        title: '/已收悉 /heard 消息已收到',
        body: '{{ salutation }}，您的消息已收到，我们正在处理。如有人员受伤，请先拨打120；我们会尽快与您联系。',
      },
    },
  },
  {
    code: 'bind_link',
    use: 'automatic',
    privacy: 'P1',
    texts: {
      en: {
        title: 'Is this yours?',
        body: '{{ brand }}: {{ salutation }}, so that we can help you right away, please confirm with one tap what your message is about: {{ portalUrl }}',
      },
      'zh-CN': {
        title: '请确认是否为您本人',
        body: '【{{ brand }}】{{ salutation }}，为尽快为您处理，请点开链接一键确认：{{ portalUrl }}',
      },
    },
  },
];
