import type { LineOfBusiness } from '@claimline/messages';
import type { PaperName } from './papers';
import type { SceneName } from './pictures';

/** One turn of a conversation. `in` and `out` are words, `note` stays among colleagues, `call` is a phone call with what was said. */
export interface Turn {
  readonly who: 'in' | 'out' | 'note' | 'call';
  readonly text: string;
  readonly photos?: readonly SceneName[];
  readonly papers?: readonly PaperName[];
  /** Seconds of a voice message; the text is what was heard. */
  readonly voice?: number;
}

const says = (text: string, more: Omit<Turn, 'who' | 'text'> = {}): Turn => ({ who: 'in', text, ...more });
const answer = (text: string): Turn => ({ who: 'out', text });
const note = (text: string): Turn => ({ who: 'note', text });
const call = (text: string): Turn => ({ who: 'call', text });

type Script = readonly Turn[];

const MOTOR_ZH: readonly Script[] = [
  [
    says('你好，我的车昨天在延安路被追尾了，人没事，后保险杠裂了', { photos: ['rear-bumper', 'scene'] }),
    answer('您好，人没事就好。您的报案已经收到，请再拍一张双方车牌的照片，我马上安排定损。'),
    says('好的，车牌在这里', { photos: ['plate'] }),
    answer('收到，照片很清楚。明天上午十点定损员会联系您。'),
    says('谢谢！修理厂可以自己选吗？'),
    answer('可以，合作修理厂可以直赔，其他修理厂需要您先垫付，再凭发票报销。'),
  ],
  [
    says('倒车的时候碰到柱子了，左前灯碎了，需要现场查勘吗？', { photos: ['front-left'] }),
    answer('单方小事故不用现场查勘，照片够用。请补一张行驶证照片。'),
    note('单方责任，金额预计 3000 以内，走快赔。'),
    says('行驶证明天发给您'),
    answer('好的，明天发来即可，不着急。'),
    says('定损金额什么时候能出来？'),
  ],
  [
    says('修理厂报价单出来了，您看一下', { papers: ['estimate'] }),
    answer('收到报价单，我核对一下工时费，今天下班前答复您。'),
    note('工时 9.5 小时偏高，已和修理厂沟通改为 8 小时。'),
    says('我等您消息，车还停在修理厂'),
    answer('已核定，修理厂可以开工了。修好取车时直接签字，不用付款。'),
  ],
  [
    call('客户来电询问定损进度，告知预计周五前完成，客户同意。'),
    answer('刚才电话里说的取车地点已经帮您登记：东方汽修厂，周五下午四点以后。'),
    says('好的，收到'),
  ],
  [
    says('对方说要私了，我该怎么办', { voice: 11 }),
    answer('建议不要私下了结，请先报交警出具事故认定书，我们再处理。'),
    says('认定书拿到了', { papers: ['report'] }),
    answer('认定书收到，对方全责，后续由对方保险公司赔付，我们可以代位求偿。'),
    says('代位求偿需要我做什么？'),
  ],
];
const PROPERTY_ZH: readonly Script[] = [
  [
    says('台风把阳台窗户吹坏了，家里进水，天花板还在滴水', { photos: ['ceiling'] }),
    answer('您好，请先关掉电源注意安全。查勘员今天下午到，请保留现场照片。'),
    says('地下室也淹了', { photos: ['cellar'] }),
    note('台风批次，已登记巨灾编号，优先处理。'),
    answer('地下室的照片收到了。被淹的物品请列一个清单，有购买凭证的附上。'),
    says('清单整理好了：洗衣机一台、木柜两个、被褥若干'),
  ],
  [
    says('屋顶瓦片被刮掉了一片，能先找人修吗？下雨还会漏', { photos: ['roof'] }),
    answer('可以先做临时防护，费用凭票纳入赔付。请保留拆下来的材料。'),
    says('临时防护做好了，花了六百块'),
    answer('收到，发票拍照发来即可。'),
  ],
  [
    says('楼上水管爆了，我家地板全泡了'),
    answer('请联系物业出具情况说明，并拍下地板和水源位置。'),
    says('物业不肯出说明怎么办？'),
    call('致电物业经理，同意明天出具书面说明。'),
    answer('已经和物业沟通，明天可以拿到说明。'),
  ],
];
const HEALTH_ZH: readonly Script[] = [
  [
    says('住院费用发票寄过去了，请问收到了吗'),
    answer('收到了，材料齐全，审核需要三到五个工作日。'),
    says('好的，麻烦尽快'),
    note('自费药部分不在责任内，需在核定书里说明。'),
    answer('审核已通过，核定结果请在客户门户查看。'),
  ],
  [says('门诊发票只有电子版可以吗？', { papers: ['invoice'] }), answer('可以，电子发票有效，不用打印。'), says('太好了，那我就不邮寄了')],
  [
    says('我妈妈摔伤了手腕，年纪大了不会用手机，我替她办可以吗'),
    answer('可以，请她本人签一份授权书，您拍照发来就行。祝老人家早日康复。'),
    says('授权书明天发。需要去指定医院吗？'),
  ],
];
const TRAVEL_ZH: readonly Script[] = [
  [
    says('行李在转机时摔坏了，箱子裂开', { photos: ['suitcase'] }),
    answer('请把航空公司的行李不正常运输记录和登机牌拍照发来。'),
    says('记录单当时没开，现在补得到吗？'),
    answer('可以在 21 天内向航空公司补开，拿到后发我即可。'),
  ],
  [
    says('航班取消，多住了一晚酒店，能赔吗'),
    answer('可以，请发酒店发票和航空公司的取消证明。'),
    says('发票在这里，取消证明航空公司说发邮件'),
    answer('收到，等取消证明到了就可以结案。'),
  ],
];
const LIABILITY_ZH: readonly Script[] = [
  [
    says('客人在我店里滑倒了，要求赔偿医药费'),
    answer('请保留店内监控和当天的清洁记录，先不要对责任作任何承诺。'),
    note('监控需保存 30 天，提醒客户导出。'),
    says('监控已经导出来了，对方找了律师'),
    answer('对方有律师的话，以后请让律师直接和我们联系，您不用再回复他。'),
  ],
  [
    says('对方车主说我刮了他的车，要我赔两千'),
    answer('请不要先付款。请发现场照片和对方联系方式，由我们来沟通。'),
    says('照片发了', { photos: ['front-left'] }),
    answer('收到，责任比例待交警认定。'),
  ],
];
const MOTOR_EN: readonly Script[] = [
  [
    says('Hi, somebody hit my parked car overnight. Front left is badly dented. Photos attached.', { photos: ['front-left', 'scene'] }),
    answer('Thank you for the photos, and sorry about the car. Did you find a note or is there a camera nearby?'),
    says('The building has a camera, I have asked for the footage'),
    note('Footage is kept for 14 days only. Follow up by Friday.'),
    answer('Perfect. You can have it repaired at any garage on our list; no payment up front.'),
    says('Great. How long does the approval take?'),
  ],
  [
    says('Here is the estimate from Pacific Auto Body', { papers: ['estimate'] }),
    answer('Received, I will check it against our rates today.'),
    says('Thanks. I need the car by Monday if possible.'),
    answer('Approved. The shop can start now and expects to finish on Friday.'),
  ],
  [
    call('Customer asked about rental cover: five days confirmed, booking by the garage.'),
    answer('As discussed: rental cover for five days, the garage books it for you.'),
    says('Got it, thank you!'),
  ],
];
const OTHER_EN: readonly Script[] = [
  [
    says('Our cellar is flooded after the storm. What should I do first?', { photos: ['cellar'] }),
    answer(
      'Please switch off the power first and stay safe. Do not throw anything away yet; our inspector comes tomorrow between 9 and 11.',
    ),
    says('Understood. My neighbour has the key, I am travelling.'),
    answer('That is fine, please send me the name and number of the neighbour.'),
  ],
  [
    says('My suitcase arrived broken. Airline gave me a form.', { photos: ['suitcase'] }),
    answer('Thank you. Please send the form and the receipt of the suitcase if you still have it.'),
    says('No receipt, bought it years ago'),
    answer('No problem, we will use a standard value. You will hear from me this week.'),
  ],
  [
    says('I slipped at the pool and hurt my wrist. The clinic sent this bill.', { papers: ['invoice'] }),
    answer('I am sorry to hear that. The bill is covered; please let me know if there will be more treatment.'),
    says('One more visit next week, I will send that bill too'),
  ],
];

/** How customers of a line and language talk with us. */
export function scriptsOf(line: LineOfBusiness, language: 'zh-CN' | 'en'): readonly Script[] {
  if (language === 'en') return line === 'motor' ? MOTOR_EN : OTHER_EN;
  if (line === 'property') return PROPERTY_ZH;
  if (line === 'health' || line === 'accident' || line === 'life') return HEALTH_ZH;
  if (line === 'travel') return TRAVEL_ZH;
  return line === 'liability' ? LIABILITY_ZH : MOTOR_ZH;
}

const ENQUIRIES_ZH: readonly Script[] = [
  [says('请问保单到期前多久可以续保？'), answer('到期前 30 天就可以续保，系统会提醒您。'), says('好的谢谢')],
  [says('你们的理赔地址在哪里，可以寄材料吗'), answer('可以邮寄，也可以直接在这里拍照发来，更快。'), says('那我拍照')],
  [says('报案电话打不通，想问下微信能报案吗'), answer('可以的，直接在这里描述经过并发照片即可。'), says('明白了，这次不用了，对方全赔')],
  [
    says('我换手机号了，怎么修改？'),
    answer('请发新号码，我们核实身份后为您修改。'),
    says('算了，我去柜台办'),
    note('客户将到柜台办理，不用跟进。'),
  ],
  [call('来电咨询酒后驾驶是否赔付，已解释免责条款。')],
];
const ENQUIRIES_EN: readonly Script[] = [
  [
    says('Is windscreen damage covered without deductible?'),
    answer('Yes, windscreen repair is covered in full; a replacement has a deductible of 300.'),
    says('Thanks, that helps'),
  ],
  [
    says('Can I get a letter that confirms my no-claims years?'),
    answer('Of course. It is on its way by email.'),
    says('Got it, thank you'),
  ],
];

/** Questions that belong to no claim. */
export const enquiriesOf = (language: 'zh-CN' | 'en'): readonly Script[] => (language === 'en' ? ENQUIRIES_EN : ENQUIRIES_ZH);

/** What strangers write first: nobody has it yet. */
export const FIRST_WORDS: readonly { readonly language: 'zh-CN' | 'en'; readonly script: Script }[] = [
  { language: 'zh-CN', script: [says('你好，刚刚在内环高架被一辆货车刮了，现在还在现场，怎么报案？', { photos: ['scene'] })] },
  { language: 'zh-CN', script: [says('家里厨房起火了，已经扑灭，想报个案')] },
  { language: 'en', script: [says('Hello, I would like to report a stolen bicycle, policy ends in 4471')] },
  { language: 'en', script: [says('Is there somebody I can talk to about my claim? I was told to write here.')] },
];

/** What we tell without being asked when a claim moves on. */
export const NOTICE_TEXTS: Readonly<Record<string, Readonly<Record<'zh-CN' | 'en', string>>>> = {
  fnol_received: {
    'zh-CN': '【安途保险】您的报案已收到，案件尾号 {ref}。理赔员将在 24 小时内联系您。',
    en: 'Antu Insurance: we have received your report, claim ending {ref}. A handler will contact you within 24 hours.',
  },
  handler_assigned: {
    'zh-CN': '【安途保险】案件尾号 {ref} 已指定理赔员 {handler}，可直接回复本消息。',
    en: 'Antu Insurance: {handler} now handles your claim ending {ref}. You can simply reply here.',
  },
  documents_needed: {
    'zh-CN': '【安途保险】案件尾号 {ref} 需要补充资料，请按清单一次性提交。',
    en: 'Antu Insurance: we need some documents for your claim ending {ref}. Please see the list.',
  },
  progress_update: {
    'zh-CN': '【安途保险】案件尾号 {ref} 正在查勘审核，有结果会第一时间通知您。',
    en: 'Antu Insurance: your claim ending {ref} is being reviewed. You hear from us as soon as there is news.',
  },
  decision_approved: {
    'zh-CN': '【安途保险】案件尾号 {ref} 已核定，详情请登录客户门户查看。',
    en: 'Antu Insurance: a decision on your claim ending {ref} has been made. Please see the portal.',
  },
  decision_denied: {
    'zh-CN': '【安途保险】案件尾号 {ref} 的核定通知书已出具，请登录客户门户查看。',
    en: 'Antu Insurance: the decision letter for your claim ending {ref} is ready in the portal.',
  },
  offer_ready: {
    'zh-CN': '【安途保险】案件尾号 {ref} 的赔付协议待您确认，请登录客户门户。',
    en: 'Antu Insurance: an offer for your claim ending {ref} waits for your answer in the portal.',
  },
  payment_issued: {
    'zh-CN': '【安途保险】案件尾号 {ref} 的赔款已支付，预计一个工作日内到账。',
    en: 'Antu Insurance: the payment for your claim ending {ref} is on its way.',
  },
  payment_failed: {
    'zh-CN': '【安途保险】案件尾号 {ref} 的赔款未能到账，请登录客户门户核对收款账户。',
    en: 'Antu Insurance: the payment for your claim ending {ref} did not go through. Please check your account details in the portal.',
  },
  claim_closed: {
    'zh-CN': '【安途保险】案件尾号 {ref} 已结案，感谢您的信任。',
    en: 'Antu Insurance: your claim ending {ref} is closed. Thank you for your trust.',
  },
};
