import type { SeedTemplate } from './seed-template';

type Text = readonly [title: string, body: string];

const automatic = (code: string, privacy: SeedTemplate['privacy'], en: Text, zh: Text): SeedTemplate => ({
  code,
  use: 'automatic',
  privacy,
  texts: { en: { title: en[0], body: en[1] }, 'zh-CN': { title: zh[0], body: zh[1] } },
});

/** What the hub says to find out who somebody is, and about where their money goes. None of it tells a claim's detail or an account. */
export const IDENTITY_TEMPLATES: readonly SeedTemplate[] = [
  automatic(
    'step_up_code',
    'P0',
    [
      'Code',
      '{{ brand }}: your code is {{ code }}. It is valid for ten minutes. Nobody from us ever asks you to tell it: type it on our page only.',
    ],
    ['验证码', '【{{ brand }}】您的验证码是{{ code }}，十分钟有效。我们不会向您索要验证码，请仅在我们的页面上输入。'],
  ),
  automatic(
    'identity_code',
    'P0',
    [
      'Code for our conversation',
      '{{ brand }}: somebody is speaking with us as you. If it is you, reply there with the code {{ code }}. If not, ignore this and tell us{% if helpPhone %}: {{ helpPhone }}{% endif %}.',
    ],
    [
      '身份确认码',
      '【{{ brand }}】有人正以您的名义与我们沟通。如为本人，请在该会话中回复确认码{{ code }}；如非本人请忽略并联系我们{% if helpPhone %}{{ helpPhone }}{% endif %}。',
    ],
  ),
  automatic(
    'payee_method_needed',
    'P1',
    [
      'Where should the payment go?',
      '{{ brand }}: {{ salutation }}, please choose how you are paid for your claim {{ claimRef }}: {{ portalUrl }} The link works once and asks for a code. We never ask for account numbers here.',
    ],
    [
      '请选择收款方式',
      '【{{ brand }}】{{ salutation }}，请为案件{{ claimRef }}选择收款方式：{{ portalUrl }} 链接仅限一次，需验证码。请勿在此发送账号。',
    ],
  ),
  automatic(
    'payee_changed',
    'P1',
    [
      'Payee method was chosen',
      '{{ brand }}: {{ salutation }}, a payment method was chosen for your claim {{ claimRef }}. Not you? Tell us at once{% if helpPhone %}: {{ helpPhone }}{% endif %}.',
    ],
    [
      '收款方式已确认',
      '【{{ brand }}】{{ salutation }}，案件{{ claimRef }}的收款方式已提交。如非本人操作，请立即联系我们{% if helpPhone %}{{ helpPhone }}{% endif %}。',
    ],
  ),
];
