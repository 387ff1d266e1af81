import type { SeedTemplate } from './seed-template';

type Text = readonly [title: string, subject: string, body: string];

const notice = (code: string, en: Text, zh: Text): SeedTemplate => ({
  code,
  use: 'notice',
  privacy: 'P1',
  texts: { en: { title: en[0], subject: en[1], body: en[2] }, 'zh-CN': { title: zh[0], subject: zh[1], body: zh[2] } },
});

/** The notices of the catalogue (claims-and-sla.md §4.2). Every text may travel as SMS: what is more private waits behind the portal's link. */
export const NOTICE_TEMPLATES: readonly SeedTemplate[] = [
  notice(
    'fnol_received',
    [
      'Report received',
      'We received your report {{ claimRef }}',
      '{{ brand }}: {{ salutation }}, we received your report on {{ receivedAt }}, claim {{ claimRef }}.{% if promisedBy %} You hear from us by {{ promisedBy }}.{% endif %}{% if helpPhone %} Help: {{ helpPhone }}.{% endif %} Reply STOP to end messages.',
    ],
    [
      '已报案',
      '您的报案已收到 {{ claimRef }}',
      '【{{ brand }}】{{ salutation }}，您的报案已于{{ receivedAt }}收到，案件{{ claimRef }}。{% if promisedBy %}我们将在{{ promisedBy }}前联系您。{% endif %}{% if helpPhone %}电话{{ helpPhone }}。{% endif %}回复TD退订',
    ],
  ),
  notice(
    'handler_assigned',
    [
      'Handler assigned',
      'Your claim {{ claimRef }}: who takes care of it',
      '{{ brand }}: {{ salutation }}, {{ handlerName }} takes care of your claim {{ claimRef }}.{% if handlerPhone %} Phone: {{ handlerPhone }}{% if officeHours %} ({{ officeHours }}){% endif %}.{% endif %}{% if nextStep %} Next: {{ nextStep }}{% if promisedBy %} by {{ promisedBy }}{% endif %}.{% endif %} Just reply to this message.',
    ],
    [
      '已指定理赔员',
      '案件{{ claimRef }}的理赔员',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}由理赔员{{ handlerName }}负责。{% if handlerPhone %}电话{{ handlerPhone }}{% if officeHours %}（{{ officeHours }}）{% endif %}。{% endif %}{% if nextStep %}下一步：{{ nextStep }}{% if promisedBy %}，{{ promisedBy }}前{% endif %}。{% endif %}可直接回复',
    ],
  ),
  notice(
    'handler_changed',
    [
      'Handler changed',
      'Your claim {{ claimRef }}: a new contact',
      '{{ brand }}: {{ salutation }}, {{ handlerName }} now takes care of your claim {{ claimRef }}{% if previousHandlerName %} in place of {{ previousHandlerName }}{% endif %}.{% if handlerPhone %} Phone: {{ handlerPhone }}.{% endif %} Nothing else changes for you.',
    ],
    [
      '理赔员变更',
      '案件{{ claimRef }}的新联系人',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}现由理赔员{{ handlerName }}负责{% if previousHandlerName %}，接替{{ previousHandlerName }}{% endif %}。{% if handlerPhone %}电话{{ handlerPhone }}。{% endif %}其他事项不变',
    ],
  ),
  notice(
    'documents_needed',
    [
      'Documents needed',
      'Your claim {{ claimRef }}: documents we need',
      '{{ brand }}: {{ salutation }}, for claim {{ claimRef }} we need {% if itemCount %}{{ itemCount }} documents{% else %}supporting documents{% endif %}{% if dueDate %} by {{ dueDate }}{% endif %}.{% if portalUrl %} List and upload: {{ portalUrl }}{% else %} Reply with photos, or ask us for the list.{% endif %} We never ask for passwords or codes.',
    ],
    [
      '待补充资料',
      '案件{{ claimRef }}需要补充资料',
      '【{{ brand }}】{{ salutation }}，案件{{ claimRef }}需补充{% if itemCount %}{{ itemCount }}份{% endif %}证明材料{% if portalUrl %}，清单与上传：{{ portalUrl }} 我们不会索要密码{% else %}{% if dueDate %}，请于{{ dueDate }}前提交{% endif %}。可直接回复照片，或向我们索取清单。我们不会索要密码或验证码{% endif %}',
    ],
  ),
  notice(
    'progress_update',
    [
      'Progress',
      'Your claim {{ claimRef }}: {{ stageLabel }}',
      '{{ brand }}: {{ salutation }}, your claim {{ claimRef }} is now: {{ stageLabel }}.{% if nextStep %} Next: {{ nextStep }}{% if promisedBy %} by {{ promisedBy }}{% endif %}.{% endif %}{% if portalUrl %} {{ portalUrl }}{% endif %} Questions? Just reply.',
    ],
    [
      '进度通知',
      '案件{{ claimRef }}：{{ stageLabel }}',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}目前为：{{ stageLabel }}。{% if nextStep %}下一步：{{ nextStep }}{% if promisedBy %}，{{ promisedBy }}前{% endif %}。{% endif %}{% if portalUrl %}{{ portalUrl }} {% endif %}有疑问可直接回复',
    ],
  ),
  notice(
    'decision_approved',
    [
      'Decision: approved',
      'Your claim {{ claimRef }}: decision',
      '{{ brand }}: {{ salutation }}, your claim {{ claimRef }} has been approved.{% if nextStep %} Next: {{ nextStep }}{% if promisedBy %} by {{ promisedBy }}{% endif %}.{% endif %}{% if portalUrl %} Details: {{ portalUrl }}{% else %} The details follow in writing.{% endif %}',
    ],
    [
      '核定结果：同意赔付',
      '案件{{ claimRef }}核定结果',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}已核定，同意赔付。{% if nextStep %}下一步：{{ nextStep }}{% if promisedBy %}，{{ promisedBy }}前{% endif %}。{% endif %}{% if portalUrl %}详情：{{ portalUrl }}{% else %}详情将以书面形式通知{% endif %}',
    ],
  ),
  notice(
    'decision_partial',
    [
      'Decision: in part',
      'Your claim {{ claimRef }}: a decision letter is ready',
      '{{ brand }}: {{ salutation }}, a decision letter for your claim {{ claimRef }} is ready.{% if portalUrl %} Read it here: {{ portalUrl }}{% else %} It reaches you in writing.{% endif %}{% if appealDeadline %} You may appeal until {{ appealDeadline }}.{% endif %}{% if helpPhone %} Help: {{ helpPhone }}{% endif %}',
    ],
    [
      '核定结果：部分赔付',
      '案件{{ claimRef }}的核定通知书',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}核定通知书已出具。{% if portalUrl %}查看：{{ portalUrl }} {% else %}将以书面形式送达。{% endif %}{% if appealDeadline %}申诉截止{{ appealDeadline }}。{% endif %}{% if helpPhone %}电话{{ helpPhone }}{% endif %}',
    ],
  ),
  notice(
    'decision_denied',
    [
      'Decision: denied',
      'Your claim {{ claimRef }}: a decision letter is ready',
      '{{ brand }}: {{ salutation }}, a decision letter for your claim {{ claimRef }} is ready.{% if portalUrl %} Read it here: {{ portalUrl }}{% else %} It reaches you in writing.{% endif %}{% if appealDeadline %} You may appeal until {{ appealDeadline }}.{% endif %}{% if helpPhone %} Help: {{ helpPhone }}{% endif %}',
    ],
    [
      '核定结果：不予赔付',
      '案件{{ claimRef }}的核定通知书',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}核定通知书已出具。{% if portalUrl %}查看：{{ portalUrl }} {% else %}将以书面形式送达。{% endif %}{% if appealDeadline %}申诉截止{{ appealDeadline }}。{% endif %}{% if helpPhone %}电话{{ helpPhone }}{% endif %}',
    ],
  ),
  notice(
    'offer_ready',
    [
      'Offer ready',
      'Your claim {{ claimRef }}: an offer is ready',
      '{{ brand }}: {{ salutation }}, an offer for your claim {{ claimRef }} is ready{% if offerExpiry %} and stands until {{ offerExpiry }}{% endif %}.{% if portalUrl %} See and answer: {{ portalUrl }}{% else %} Your handler explains it to you; just reply.{% endif %}',
    ],
    [
      '赔付协议待确认',
      '案件{{ claimRef }}赔付协议待确认',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}赔付协议已备好{% if offerExpiry %}，有效期至{{ offerExpiry }}{% endif %}。{% if portalUrl %}查看并确认：{{ portalUrl }}{% else %}理赔员会为您说明，可直接回复{% endif %}',
    ],
  ),
  notice(
    'payment_scheduled',
    [
      'Payment scheduled',
      'Your claim {{ claimRef }}: payment scheduled',
      '{{ brand }}: {{ salutation }}, the payment for your claim {{ claimRef }} is scheduled{% if expectedBy %} and expected by {{ expectedBy }}{% endif %}.{% if helpPhone %} Help: {{ helpPhone }}{% endif %}',
    ],
    [
      '赔款待支付',
      '案件{{ claimRef }}赔款支付安排',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}赔款已安排支付{% if expectedBy %}，预计{{ expectedBy }}前到账{% endif %}。{% if helpPhone %}电话{{ helpPhone }}{% endif %}',
    ],
  ),
  notice(
    'payment_issued',
    [
      'Payment issued',
      'Your claim {{ claimRef }}: payment on its way',
      '{{ brand }}: {{ salutation }}, the payment for your claim {{ claimRef }} is on its way{% if methodLabel %} by {{ methodLabel }}{% endif %}{% if accountLast4 %} to the account ending {{ accountLast4 }}{% endif %}{% if expectedBy %}, expected by {{ expectedBy }}{% endif %}. Not yours? Tell us at once{% if helpPhone %}: {{ helpPhone }}{% endif %}.',
    ],
    [
      '赔款已支付',
      '案件{{ claimRef }}赔款已支付',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}赔款已支付{% if methodLabel %}（{{ methodLabel }}）{% endif %}{% if accountLast4 %}至尾号{{ accountLast4 }}账户{% endif %}{% if expectedBy %}，预计{{ expectedBy }}前到账{% endif %}。如非本人账户请立即联系我们{% if helpPhone %}{{ helpPhone }}{% endif %}',
    ],
  ),
  notice(
    'payment_failed',
    [
      'Payment failed',
      'Your claim {{ claimRef }}: we need your help with the payment',
      '{{ brand }}: {{ salutation }}, the payment for your claim {{ claimRef }} could not be made.{% if portalUrl %} Please check where it should go: {{ portalUrl }}{% else %} We will call you about it.{% endif %}{% if helpPhone %} Help: {{ helpPhone }}.{% endif %} We never ask for passwords or codes by phone or message.',
    ],
    [
      '赔款支付未成功',
      '案件{{ claimRef }}赔款支付未成功',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}赔款支付未成功。{% if portalUrl %}请核对收款信息：{{ portalUrl }} {% else %}我们会致电与您核对。{% endif %}{% if helpPhone %}电话{{ helpPhone }}。{% endif %}我们不会来电或发消息索要密码、验证码',
    ],
  ),
  notice(
    'claim_closed',
    [
      'Claim closed',
      'Your claim {{ claimRef }} is closed',
      '{{ brand }}: {{ salutation }}, your claim {{ claimRef }} was closed on {{ closedAt }}. Something missing or new? Reply to this message and we look at it again.{% if helpPhone %} Help: {{ helpPhone }}{% endif %}',
    ],
    [
      '已结案',
      '案件{{ claimRef }}已结案',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}已于{{ closedAt }}结案。如有遗漏或新情况，直接回复即可重新处理。{% if helpPhone %}电话{{ helpPhone }}{% endif %}',
    ],
  ),
  notice(
    'claim_reopened',
    [
      'Claim reopened',
      'Your claim {{ claimRef }} is open again',
      '{{ brand }}: {{ salutation }}, your claim {{ claimRef }} is open again.{% if nextStep %} Next: {{ nextStep }}{% if promisedBy %} by {{ promisedBy }}{% endif %}.{% endif %} Questions? Just reply.',
    ],
    [
      '案件已重开',
      '案件{{ claimRef }}已重开',
      '【{{ brand }}】{{ salutation }}，您的案件{{ claimRef }}已重开。{% if nextStep %}下一步：{{ nextStep }}{% if promisedBy %}，{{ promisedBy }}前{% endif %}。{% endif %}有疑问可直接回复',
    ],
  ),
  notice(
    'appeal_received',
    [
      'Appeal received',
      'Your claim {{ claimRef }}: we received your appeal',
      '{{ brand }}: {{ salutation }}, we received your appeal for claim {{ claimRef }}. Somebody who had no part in the decision reviews it{% if promisedBy %} by {{ promisedBy }}{% endif %}.{% if helpPhone %} Help: {{ helpPhone }}{% endif %}',
    ],
    [
      '申诉已受理',
      '案件{{ claimRef }}申诉已受理',
      '【{{ brand }}】{{ salutation }}，您对案件{{ claimRef }}的申诉已收到，将由未参与原决定的人员复核{% if promisedBy %}，{{ promisedBy }}前答复{% endif %}。{% if helpPhone %}电话{{ helpPhone }}{% endif %}',
    ],
  ),
];
