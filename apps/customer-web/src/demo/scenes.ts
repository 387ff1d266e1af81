import type { AppName } from './use-devices';
import type { Language } from './words';
import type { World } from './world';

type Said = Readonly<Record<Language, string>>;

/** One thing that happens in a claims department, and at whose desk it is seen. */
export interface Scene {
  readonly title: Said;
  /** What to look at, once it has happened. */
  readonly look: Said;
  readonly role: string;
  /** The app of the customer's phone on which something arrives. */
  readonly app?: AppName;
  /** Makes it happen and answers with the page of the desk that shows it. */
  play(world: World): Promise<string>;
}

const FAX = 'fax@huashan-gateway.test';
const LAWYER = 'cases@mingde-law.test';
const REGULATOR = 'complaints@regulator.test';
const STORM = [
  '台风把我家屋顶掀了，客厅都是水',
  '地下车库进水，车泡了',
  '窗户被树砸碎了，孩子划伤了手',
  '仓库被淹，货都泡了',
  '雨水从天花板漏下来',
];

const phones = (world: World) => world.manifest.customers.filter(({ phone, claims }) => phone?.startsWith('+86') && claims.length > 0);
const claimOf = (world: World): string => world.manifest.customers[0]!.claims[0]!;

const claimEvent = (claimNumber: string, data: { version: number; stage: string; subStatus: string }): object => ({
  specversion: '1.0',
  id: `${claimNumber}-scene-${data.version}`,
  source: '/claimcore/demo-page',
  type: 'claims.claim.status_changed.v1',
  subject: claimNumber,
  data: { claimNumber, ...data },
});

/** What else happens in the days of a claims department, beside the first minute. */
export const SCENES: readonly Scene[] = [
  {
    title: { en: 'A storm', 'zh-CN': '台风来了' },
    look: {
      en: 'Five customers report losses at once. Declare the storm under Catastrophes, or select them all here and answer in one go.',
      'zh-CN': '五位客户同时报损。可在“巨灾”中登记，或在此全选后批量答复。',
    },
    role: 'supervisor',
    async play(world) {
      const who = phones(world).slice(8, 8 + STORM.length);
      await Promise.all(who.map(({ phone }, index) => world.act('twilio-sms', { do: 'message', from: phone, text: STORM[index] })));
      return '/inbox/all';
    },
  },
  {
    title: { en: 'An adjuster calls in sick', 'zh-CN': '理赔员请病假' },
    look: {
      en: 'The supervisor’s first page: choose a person, see what they hold, and hand everything over. One click takes it back.',
      'zh-CN': '主管首页：选择同事，查看其手上的工作，一次移交；可一键撤回。',
    },
    role: 'supervisor',
    play: async () => '/team',
  },
  {
    title: { en: 'A complaint, regulator in copy', 'zh-CN': '投诉并抄送监管' },
    look: {
      en: 'A draft lies with the complaints officer, its clock running from the receipt; no machine answers, and the regulator is left out of the recipients.',
      'zh-CN': '投诉专员桌上已有草稿，时效自收到起算；系统不自动回复，默认收件人不含监管机构。',
    },
    role: 'complaints-officer',
    async play(world) {
      const { email, name } = world.customer;
      const text = `五周了没有人联系我，我要投诉！案件 ${claimOf(world)}，请书面答复。`;
      await world.act('email', { do: 'message', from: email, name, subject: '投诉：迟迟没有答复', text, cc: [REGULATOR] });
      return '/complaints';
    },
  },
  {
    title: { en: 'A lawyer takes over', 'zh-CN': '律师介入' },
    look: {
      en: 'A law office writes for a customer. Confirm it, and nobody writes to that customer directly any more.',
      'zh-CN': '律所代表客户来信。确认代理后，系统会拦截直接联系该客户的消息。',
    },
    role: 'supervisor',
    async play(world) {
      const { name, claims } = phones(world)[4]!;
      const text = `本所受${name}委托处理案件 ${claims[0]}，请今后所有联系均直接发至本所。`;
      await world.act('email', { do: 'message', from: LAWYER, name: '明德律师事务所', subject: `委托代理 ${claims[0]}`, text });
      return '/inbox/all';
    },
  },
  {
    title: { en: 'A hospital’s fax', 'zh-CN': '医院传真' },
    look: {
      en: 'The mail of a fax gateway waits in To file: open the page beside the claim that it names, and file it.',
      'zh-CN': '传真网关的邮件进入待归档：对照所提到的案件查看页面并归档。',
    },
    role: 'mailroom',
    async play(world) {
      const claim = phones(world)[5]!.claims[0]!;
      const media = [await world.file(`fax-${claim}.tiff`)];
      await world.act('email', {
        do: 'message',
        from: FAX,
        name: '华山医院传真网关',
        subject: '传真：1 页',
        text: '传真转邮件。页数：1。',
        media,
      });
      return '/inbox/to-file';
    },
  },
  {
    title: { en: 'Documents by phone', 'zh-CN': '手机交材料' },
    look: {
      en: 'Register the report first (step 2). Then press d on its claim and Enter: one message asks for all that is missing. Tap its link on the phone and photograph.',
      'zh-CN': '先登记报案（第 2 步），再在案件页按 d 再按回车：一条消息索取全部材料。点手机上的链接拍照上传。',
    },
    role: 'adjuster',
    app: 'sms',
    // The claim of the first minute is the one that still waits for its documents.
    play: async (world) => `/claims/${(await world.reported()).at(-1) ?? claimOf(world)}`,
  },
  {
    title: { en: 'A payment fails', 'zh-CN': '付款失败' },
    look: {
      en: 'The phone is told, with a link to the payee page behind a code (look into the mailbox). Nobody at the desk ever reads the account.',
      'zh-CN': '手机收到通知和链接，验证码发到邮箱。客服人员看不到账号。',
    },
    role: 'adjuster',
    app: 'sms',
    async play(world) {
      const claimNumber = claimOf(world);
      // Later than anything that the seed has said of this claim.
      const version = Math.floor(Date.now() / 1_000);
      await world.claimEvent(claimEvent(claimNumber, { version, stage: 'payment', subStatus: 'failed' }));
      return '/tasks';
    },
  },
  {
    title: { en: 'Two siblings, one phone', 'zh-CN': '兄妹共用手机' },
    look: {
      en: 'The number belongs to two customers: nothing is told before it is clear who is writing.',
      'zh-CN': '该号码属于两位客户：确认是谁之前，不透露任何案件内容。',
    },
    role: 'supervisor',
    async play(world) {
      const shared = world.manifest.customers.find(({ name }) => name === '贺苗苗') ?? world.manifest.customers[2]!;
      await world.act('twilio-sms', { do: 'message', from: shared.phone, text: '我的案子现在到哪一步了？' });
      return '/inbox/all';
    },
  },
];
