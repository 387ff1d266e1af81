import type { PrivacyClass } from '@claimline/messages';
import type { SeedTemplate } from './seed-template';

type Text = readonly [title: string, subject: string, body: string];

const notice = (code: string, privacy: PrivacyClass, en: Text, zh: Text): SeedTemplate => ({
  code,
  use: 'notice',
  privacy,
  texts: { en: { title: en[0], subject: en[1], body: en[2] }, 'zh-CN': { title: zh[0], subject: zh[1], body: zh[2] } },
});

/** What customers hear of the documents that we need: short where others may look on, with the list where they may not. */
export const DOCUMENT_TEMPLATES: readonly SeedTemplate[] = [
  notice(
    'documents_needed_list',
    'P2',
    [
      'Documents needed (with the list)',
      'Your claim {{ claimRef }}: documents we need',
      '{{ brand }}: {{ salutation }},\n\nfor your claim {{ claimRef }} we need{% if itemCount %} {{ itemCount }} documents{% if dueDate %} by {{ dueDate }}{% endif %}{% else %} supporting documents{% endif %}{% if itemList %}:\n\n{{ itemList }}\n{% else %}.\n{% endif %}\n{% if portalUrl %}Upload them here, with your phone’s camera if you like: {{ portalUrl }}\n\n{% endif %}You may also answer this mail and attach them. We ask for nothing that we have already. We never ask for passwords or codes.',
    ],
    [
      '待补充资料（含清单）',
      '案件{{ claimRef }}需要补充资料',
      '【{{ brand }}】{{ salutation }}：\n\n您的案件{{ claimRef }}需补充{% if itemCount %}{{ itemCount }}份{% endif %}证明材料{% if dueDate %}，请于{{ dueDate }}前提交{% endif %}{% if itemList %}：\n\n{{ itemList }}\n{% else %}。\n{% endif %}\n{% if portalUrl %}可用手机拍照上传：{{ portalUrl }}\n\n{% endif %}也可直接回复本邮件并添加附件。已提交的材料无需重复提供。我们不会索要密码或验证码。',
    ],
  ),
  notice(
    'document_rejected',
    'P1',
    [
      'Document to be sent again',
      'Your claim {{ claimRef }}: please send it again',
      '{{ brand }}: {{ salutation }}, thank you. For claim {{ claimRef }} we cannot use {{ itemLabel }}{% if rejectReason %}: {{ rejectReason }}{% endif %}. Please send it again.{% if portalUrl %} {{ portalUrl }}{% else %} Just reply with a new photo.{% endif %} We never ask for passwords or codes.',
    ],
    [
      '请重新提交资料',
      '案件{{ claimRef }}：请重新提交',
      '【{{ brand }}】案件{{ claimRef }}：{{ itemLabel }}无法使用{% if rejectReason %}（{{ rejectReason }}）{% endif %}，请重新提交。{% if portalUrl %}{{ portalUrl }} {% else %}可直接回复新照片。{% endif %}我们不会索要密码',
    ],
  ),
  notice(
    'document_rejected_list',
    'P2',
    [
      'Document to be sent again (with the list)',
      'Your claim {{ claimRef }}: please send it again',
      '{{ brand }}: {{ salutation }},\n\nthank you for what you sent for claim {{ claimRef }}. We cannot use it as it is:\n\n{{ itemList }}\n\nPlease send it again{% if portalUrl %}: {{ portalUrl }}{% else %} by answering this mail.{% endif %}\n\nWe never ask for passwords or codes.',
    ],
    [
      '请重新提交资料（含清单）',
      '案件{{ claimRef }}：请重新提交',
      '【{{ brand }}】{{ salutation }}：\n\n您为案件{{ claimRef }}提交的以下材料无法使用：\n\n{{ itemList }}\n\n请重新提交{% if portalUrl %}：{{ portalUrl }}{% else %}，可直接回复本邮件。{% endif %}\n\n我们不会索要密码或验证码。',
    ],
  ),
  notice(
    'document_reminder',
    'P1',
    [
      'Documents: reminder',
      'Your claim {{ claimRef }}: we still need documents',
      '{{ brand }}: {{ salutation }}, for claim {{ claimRef }} we still need {{ itemCount }} {% if itemCount == "1" %}document{% else %}documents{% endif %} to go on.{% if portalUrl %} List and upload: {{ portalUrl }}{% else %} Reply with photos, or ask us for the list.{% endif %}{% if helpPhone %} Help: {{ helpPhone }}{% endif %}',
    ],
    [
      '补充资料提醒',
      '案件{{ claimRef }}仍需补充资料',
      '【{{ brand }}】{{ salutation }}，案件{{ claimRef }}还差{{ itemCount }}份材料。{% if portalUrl %}清单与上传：{{ portalUrl }} {% else %}可直接回复照片，或向我们索取清单。{% endif %}我们不会索要密码',
    ],
  ),
  notice(
    'document_reminder_list',
    'P2',
    [
      'Documents: reminder (with the list)',
      'Your claim {{ claimRef }}: we still need documents',
      '{{ brand }}: {{ salutation }},\n\nto go on with claim {{ claimRef }} we still need:\n\n{{ itemList }}\n\n{% if portalUrl %}Upload: {{ portalUrl }}\n\n{% endif %}You may also answer this mail and attach them.{% if helpPhone %} Questions: {{ helpPhone }}.{% endif %} We never ask for passwords or codes.',
    ],
    [
      '补充资料提醒（含清单）',
      '案件{{ claimRef }}仍需补充资料',
      '【{{ brand }}】{{ salutation }}：\n\n您的案件{{ claimRef }}还差以下材料：\n\n{{ itemList }}\n\n{% if portalUrl %}上传：{{ portalUrl }}\n\n{% endif %}也可直接回复本邮件并添加附件。{% if helpPhone %}如有疑问请致电{{ helpPhone }}。{% endif %}我们不会索要密码或验证码。',
    ],
  ),
];
