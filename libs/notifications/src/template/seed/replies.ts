import type { SeedTemplate } from './seed-template';

type Text = readonly [title: string, body: string];

const reply = (code: string, en: Text, zh: Text): SeedTemplate => ({
  code,
  use: 'reply',
  privacy: 'P1',
  texts: { en: { title: en[0], body: en[1] }, 'zh-CN': { title: zh[0], body: zh[1] } },
});

/** What adjusters send by a slash and a word. The title begins with its short codes: they are what the composer searches. */
export const REPLY_TEMPLATES: readonly SeedTemplate[] = [
  reply(
    'photos',
    [
      '/photos Ask for photos',
      '{{ salutation }}, please send photos of the damage here: the whole object from four corners, the damage close up, and the number plate. Thank you.',
    ],
    ['/照片 /photos 请拍照片', '{{ salutation }}，请在此发送现场照片：四角全景、损伤近照和车牌，谢谢。'],
  ),
  reply(
    'status',
    [
      '/status Where the claim stands',
      '{{ salutation }}, your claim {{ claimRef }} is now: {{ stageLabel }}.{% if nextStep %} The next step is: {{ nextStep }}{% if promisedBy %}, by {{ promisedBy }}{% endif %}.{% endif %}',
    ],
    [
      '/进度 /status 案件进度',
      '{{ salutation }}，您的案件{{ claimRef }}目前为：{{ stageLabel }}。{% if nextStep %}下一步：{{ nextStep }}{% if promisedBy %}，{{ promisedBy }}前{% endif %}。{% endif %}',
    ],
  ),
  reply(
    'callback',
    ['/callback Offer a call', '{{ salutation }}, shall I call you? Please tell me a time that suits you and the number to call.'],
    ['/回电 /callback 约定回电', '{{ salutation }}，方便时我给您回电。请告诉我合适的时间和电话号码。'],
  ),
  reply(
    'documents',
    [
      '/documents Ask for documents',
      '{{ salutation }}, for your claim {{ claimRef }} we still need supporting documents{% if dueDate %} by {{ dueDate }}{% endif %}. You may send photos of them here.',
    ],
    [
      '/资料 /documents 补充资料',
      '{{ salutation }}，您的案件{{ claimRef }}还需补充证明材料{% if dueDate %}，请于{{ dueDate }}前提供{% endif %}。可直接在此发送照片。',
    ],
  ),
  reply(
    'received',
    ['/received Documents received', '{{ salutation }}, thank you, we have received your documents and are looking at them now.'],
    ['/收到 /received 资料已收到', '{{ salutation }}，您的资料已收到，我们正在审核，谢谢。'],
  ),
  reply(
    'inspection',
    [
      '/inspection Arrange the inspection',
      '{{ salutation }}, we would like to inspect the damage. Please tell us two dates that suit you and where we can see it.',
    ],
    ['/查勘 /inspection 预约查勘', '{{ salutation }}，我们需要安排查勘。请告诉我们两个方便的日期和查勘地点。'],
  ),
  reply(
    'safety',
    [
      '/safety Is everyone safe?',
      '{{ salutation }}, is everyone safe? If anyone is hurt, call the emergency number first. Then tell us where you are and what happened.',
    ],
    ['/安全 /safety 人员安全', '{{ salutation }}，人都平安吗？如有人受伤，请先拨打120。然后请告诉我们您的位置和事故经过。'],
  ),
  reply(
    'towing',
    [
      '/towing Can the car drive?',
      '{{ salutation }}, can the car still be driven safely? If not, tell us where it stands and we arrange the towing.',
    ],
    ['/拖车 /towing 安排拖车', '{{ salutation }}，车辆还能安全行驶吗？如不能，请告诉我们停放位置，我们安排拖车。'],
  ),
  reply(
    'handler',
    [
      '/handler Who I am',
      '{{ salutation }}, I am {{ handlerName }} and take care of your claim {{ claimRef }}.{% if handlerPhone %} You reach me on {{ handlerPhone }}.{% endif %}',
    ],
    [
      '/理赔员 /handler 自我介绍',
      '{{ salutation }}，我是负责您案件{{ claimRef }}的理赔员{{ handlerName }}。{% if handlerPhone %}电话{{ handlerPhone }}。{% endif %}',
    ],
  ),
  reply(
    'thanks',
    ['/thanks Thank and close', '{{ salutation }}, thank you. If anything else comes up, just write to us here.'],
    ['/谢谢 /thanks 致谢', '{{ salutation }}，谢谢您的配合。如有其他问题，随时在此联系我们。'],
  ),
];
