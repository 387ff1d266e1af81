import { DEFAULT_REGULATORS, regulatorOf, type Regulator } from './regulators';

/** A text in both languages of the desk. */
export interface BothWords {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** What is done with complaints of one kind: the tasks that are put on the list when somebody chooses the category, and by which rule the outcome is due. */
export interface Playbook {
  readonly code: string;
  readonly name: BothWords;
  /** `region`: as the law of the claim's region says. */
  readonly clock: 'region' | 'complaint.CN' | 'complaint.default';
  readonly tasks: readonly { readonly text: BothWords; readonly afterDays: number }[];
}

/** A cause that complaints are counted by. */
export interface RootCause {
  readonly code: string;
  readonly name: BothWords;
}

/** How complaints are handled here: one versioned setting with an editor. */
export interface ComplaintHandling {
  readonly playbooks: readonly Playbook[];
  readonly rootCauses: readonly RootCause[];
  /** So many complaints of one cause in a month demand an action with an owner. */
  readonly actionFrom: number;
  readonly regulators: readonly Regulator[];
  /** Mailboxes and numbers that exist for complaints: what comes there is one. */
  readonly lines: readonly string[];
  /** Where else a customer may go, named in notices and where something is decided without their agreement. */
  readonly routes: BothWords;
}

const both = (en: string, zh: string): BothWords => ({ en, 'zh-CN': zh });
const task = (afterDays: number, en: string, zh: string): Playbook['tasks'][number] => ({ afterDays, text: both(en, zh) });
const cause = (code: string, en: string, zh: string): RootCause => ({ code, name: both(en, zh) });

/** What a new installation begins with. */
export const DEFAULT_HANDLING: ComplaintHandling = {
  playbooks: [
    {
      code: 'service_quality',
      name: both('Service quality', '服务质量'),
      clock: 'region',
      tasks: [
        task(2, 'Listen to the calls and read the messages complained about', '调听录音、查阅被投诉的沟通记录'),
        task(3, 'Ask the person concerned for a statement', '请当事人员书面说明情况'),
      ],
    },
    {
      code: 'claim_timeliness',
      name: both('Time of handling', '理赔时效'),
      clock: 'region',
      tasks: [
        task(1, 'List every stage of the claim with its dates', '梳理案件各环节及时间'),
        task(3, 'Agree with the handler on the next step and its date', '与经办确认下一步及完成日期'),
      ],
    },
    {
      code: 'claim_amount',
      name: both('Amount', '理赔金额'),
      clock: 'region',
      tasks: [
        task(3, 'Have the assessment checked by somebody who did not make it', '由未参与定损核赔的人员复核金额'),
        task(4, 'Name the clause and the papers behind each deduction', '列明每项扣减的条款和依据材料'),
      ],
    },
    {
      code: 'other',
      name: both('Other', '其他'),
      clock: 'region',
      tasks: [task(3, 'Find out who is concerned and ask them', '明确涉及部门并核实情况')],
    },
  ],
  rootCauses: [
    cause('slow-answer', 'Slow answer', '回复不及时'),
    cause('slow-claim', 'Slow handling', '处理时间过长'),
    cause('unclear-words', 'Unclear words', '解释说明不清'),
    cause('rude-words', 'Rude words', '服务态度'),
    cause('papers-twice', 'Papers asked for twice', '重复索要资料'),
    cause('assessment', 'Assessment', '定损核赔争议'),
    cause('clause', 'Policy clause', '条款理解分歧'),
    cause('payment', 'Payment', '赔款支付'),
    cause('not-ours', 'Not ours', '非我方原因'),
  ],
  actionFrom: 3,
  regulators: DEFAULT_REGULATORS,
  lines: [],
  routes: both('your insurance regulator, or the ombudsman or court of your place', '保险消费投诉热线12378、保险行业调解组织或人民法院'),
};

/** A line by the spelling in which messages name it. */
const asLine = (line: string): string => line.trim().toLowerCase();

/** What of a message's addresses makes it a complaint by itself. */
export function signsIn(
  addresses: { readonly people: readonly string[]; readonly to: readonly string[] },
  handling: Pick<ComplaintHandling, 'regulators' | 'lines'>,
): { readonly regulator: Regulator | undefined; readonly toLine: boolean } {
  const regulator = addresses.people.map((one) => regulatorOf(one, handling.regulators)).find((one) => one !== undefined);
  const lines = handling.lines.map(asLine);
  return { regulator, toLine: addresses.to.some((one) => lines.includes(asLine(one))) };
}
