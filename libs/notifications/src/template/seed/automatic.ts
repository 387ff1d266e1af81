import type { SeedTemplate } from './seed-template';

type Text = readonly [title: string, body: string];

const automatic = (code: string, privacy: SeedTemplate['privacy'], en: Text, zh: Text): SeedTemplate => ({
  code,
  use: 'automatic',
  privacy,
  texts: { en: { title: en[0], body: en[1] }, 'zh-CN': { title: zh[0], body: zh[1] } },
});

/** What the hub says by itself. None of them stops a clock that wants a person, and none tells a claim's detail to somebody who is not known. */
export const AUTOMATIC_TEMPLATES: readonly SeedTemplate[] = [
  automatic(
    'opt_out_confirmed',
    'P0',
    [
      'Opt-out confirmed',
      '{{ brand }}: you get no more messages from us here. Reply START to have them again.{% if helpPhone %} Help: {{ helpPhone }}{% endif %}',
    ],
    ['退订确认', '【{{ brand }}】已停止在此向您发送消息。回复“恢复”可重新接收。{% if helpPhone %}电话{{ helpPhone }}{% endif %}'],
  ),
  automatic(
    'opt_in_confirmed',
    'P0',
    ['Opt-in confirmed', '{{ brand }}: you get our messages here again. Reply STOP to end them, HELP for help.'],
    ['恢复确认', '【{{ brand }}】已恢复在此向您发送消息。回复TD退订，回复“帮助”获取帮助。'],
  ),
  automatic(
    'help',
    'P0',
    [
      'Help',
      '{{ brand }}: messages about your claim. A person answers here{% if officeHours %} ({{ officeHours }}){% endif %}.{% if helpPhone %} Phone: {{ helpPhone }}.{% endif %} Reply STOP to end messages.',
    ],
    [
      '帮助',
      '【{{ brand }}】这里是理赔消息服务，由理赔人员回复{% if officeHours %}（{{ officeHours }}）{% endif %}。{% if helpPhone %}电话{{ helpPhone }}。{% endif %}回复TD退订',
    ],
  ),
  automatic(
    'received_acknowledgement',
    'P0',
    [
      'We have your message',
      '{{ brand }}: thank you, we have your message. A person answers you here{% if waitHours == "1" %} within about an hour{% elsif waitHours %} within about {{ waitHours }} hours{% endif %}.{% if helpPhone %} Urgent? Call {{ helpPhone }}.{% endif %} If anyone is hurt, call the emergency number first.',
    ],
    [
      '消息已收到',
      '【{{ brand }}】您的消息已收到，理赔人员{% if waitHours %}预计{{ waitHours }}小时内{% else %}会{% endif %}在此回复您。{% if helpPhone %}紧急情况请致电{{ helpPhone }}。{% endif %}如有人受伤，请先拨打急救电话。',
    ],
  ),
  automatic(
    'away',
    'P0',
    [
      'Out of office hours',
      '{{ brand }}: we have your message. Our office is closed now{% if quietUntil %} and opens on {{ quietUntil }}{% endif %}; then a person answers you here.{% if helpPhone %} Urgent? Call {{ helpPhone }}.{% endif %}',
    ],
    [
      '非工作时间',
      '【{{ brand }}】您的消息已收到，目前为非工作时间{% if quietUntil %}，{{ quietUntil }}恢复服务{% endif %}，届时由理赔人员回复。{% if helpPhone %}紧急情况请致电{{ helpPhone }}。{% endif %}',
    ],
  ),
  automatic(
    'which_claim',
    'P1',
    ['Which claim?', '{{ brand }}: which claim is this about? Reply with the number in front: {{ claimChoices }}'],
    ['哪个案件？', '【{{ brand }}】请问您咨询哪个案件？请回复前面的数字：{{ claimChoices }}'],
  ),
  automatic(
    'who_is_writing',
    'P0',
    [
      'Who is writing?',
      '{{ brand }}: several customers use this address. Please reply with your full name and your claim number, so that we answer the right person.',
    ],
    ['请问您是哪位？', '【{{ brand }}】此联系方式有多位客户使用。请回复您的姓名和案件号，以便我们为您本人服务。'],
  ),
];
