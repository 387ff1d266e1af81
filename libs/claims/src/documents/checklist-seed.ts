import type { Checklist, ChecklistBook, DocumentKind } from './checklist';

type Texts = readonly [label: string, help: string];

const kind = (
  code: string,
  en: Texts,
  zh: Texts,
  over: Partial<Pick<DocumentKind, 'form' | 'sensitive' | 'words'>> = {},
): DocumentKind => ({
  code,
  label: { en: en[0], 'zh-CN': zh[0] },
  help: { en: en[1], 'zh-CN': zh[1] },
  form: 'paper',
  sensitive: null,
  words: [],
  ...over,
});

const KINDS: readonly DocumentKind[] = [
  kind('claim-form', ['Claim form', 'Filled in and signed, all pages.'], ['理赔申请书', '填写完整并签名，请拍全每一页。'], {
    words: ['claim form', '申请书', '申请表'],
  }),
  kind(
    'damage-photos',
    ['Photos of the damage', 'Two from a distance with the whole scene, two close to the damage. Daylight is best.'],
    ['损失照片', '两张远景拍到全貌，两张近景拍清损失部位，光线充足为佳。'],
    { form: 'photo', words: ['damage', 'scene', 'bumper', '现场', '损失', '照片', '受损'] },
  ),
  kind('driving-licence', ['Driving licence', 'Both sides, edges visible.'], ['驾驶证', '正副页都要，四边完整。'], {
    sensitive: 'identity',
    words: ['driving licence', 'driver licence', 'driving license', 'driver license', "driver's licen", '驾驶证', '驾照'],
  }),
  kind('vehicle-registration', ['Vehicle registration', 'Both sides, edges visible.'], ['行驶证', '正副页都要，四边完整。'], {
    words: ['registration', '行驶证'],
  }),
  kind(
    'repair-estimate',
    ['Repair estimate', 'From the garage, with its name and the prices.'],
    ['维修估价单', '由修理厂出具，写明厂名和价格。'],
    {
      words: ['estimate', 'garage', '估价', '定损单', '维修报价'],
    },
  ),
  kind(
    'police-report',
    ['Police report', 'The report or the decision on who is liable.'],
    ['交通事故认定书或报警回执', '交警出具的认定书或报警回执。'],
    {
      words: ['police', 'accident report', '认定书', '报警', '交警'],
    },
  ),
  kind(
    'payee-form',
    ['Payee form', 'Signed by whoever is to be paid. Please do not type account numbers into a chat.'],
    ['收款授权书', '由收款人签名。请勿在聊天中输入账号。'],
    {
      words: ['payee', '授权书', '收款'],
    },
  ),
  kind('inventory', ['List of damaged things', 'What, when bought, for how much.'], ['受损物品清单', '写明物品、购买时间和价格。'], {
    words: ['inventory', 'list of', '清单'],
  }),
  kind('ownership-proof', ['Proof of ownership', 'A bill, a deed or a lease.'], ['权属证明', '发票、产权证或租赁合同。'], {
    words: ['ownership', 'deed', 'lease', '产权', '房产证', '权属', '租赁合同'],
  }),
  kind('repair-quotation', ['Repair quotation', 'From the craftsman, with the prices.'], ['维修报价单', '由施工方出具，写明价格。'], {
    words: ['quotation', 'quote', '报价'],
  }),
  kind('identity-document', ['Identity document', 'Both sides, edges visible.'], ['身份证明', '正反面都要，四边完整。'], {
    sensitive: 'identity',
    words: ['identity', 'id card', 'passport', '身份证', '护照'],
  }),
  kind('diagnosis', ['Diagnosis', 'From the hospital, with its stamp.'], ['诊断证明', '由医院出具并盖章。'], {
    sensitive: 'health',
    words: ['diagnosis', '诊断'],
  }),
  kind('medical-invoices', ['Medical invoices', 'All of them, with the itemised list.'], ['医疗费用发票', '全部发票及费用明细。'], {
    sensitive: 'health',
    words: ['invoice', 'bill', '发票', '费用明细'],
  }),
  kind('discharge-summary', ['Discharge summary', 'If there was a stay in hospital.'], ['出院小结', '如有住院，请提供。'], {
    sensitive: 'health',
    words: ['discharge', '出院'],
  }),
  kind('death-certificate', ['Certificate of death', 'From the hospital or the authority.'], ['死亡证明', '由医院或主管机关出具。'], {
    sensitive: 'health',
    words: ['certificate of death', 'death certificate', '死亡证明'],
  }),
  kind(
    'beneficiary-identity',
    ['Identity document of the beneficiary', 'Both sides, edges visible.'],
    ['受益人身份证明', '正反面都要，四边完整。'],
    {
      sensitive: 'identity',
      words: ['identity', 'id card', 'passport', '身份证', '护照'],
    },
  ),
  kind('relationship-proof', ['Proof of relationship', 'A household register or a certificate.'], ['关系证明', '户口簿或公证书等。'], {
    sensitive: 'identity',
    words: ['relationship', 'household', '户口', '关系证明'],
  }),
  kind('receipts', ['Receipts', 'For what you claim.'], ['费用凭证', '与索赔有关的收据或发票。'], { words: ['receipt', '收据', '凭证'] }),
];

const list = (line: string, codes: readonly (string | Checklist['items'][number])[], lossKind: string | null = null): Checklist => ({
  line,
  lossKind,
  items: codes.map((one) => (typeof one === 'string' ? { code: one, when: null, from: 'owner' } : one)),
});

const MEDICAL = ['claim-form', 'identity-document', 'diagnosis', 'medical-invoices', 'discharge-summary'];

/** The lists that come with the product (claims-and-sla.md §4.6), until an administrator publishes others. */
export const CHECKLIST_SEED: ChecklistBook = {
  kinds: KINDS,
  lists: [
    list('motor', [
      'claim-form',
      'driving-licence',
      'vehicle-registration',
      'damage-photos',
      'repair-estimate',
      { code: 'police-report', when: 'injury-or-third-party', from: 'owner' },
      'payee-form',
    ]),
    // A broken windscreen needs no licence and no police.
    list('motor', ['claim-form', 'damage-photos', 'repair-estimate', 'payee-form'], 'glass'),
    list('motor', ['claim-form', 'driving-licence', 'vehicle-registration', 'police-report', 'payee-form'], 'theft'),
    list('property', ['claim-form', 'damage-photos', 'inventory', 'ownership-proof', 'repair-quotation']),
    list('health', MEDICAL),
    list('accident', MEDICAL),
    list('life', [
      'claim-form',
      'death-certificate',
      { code: 'beneficiary-identity', when: null, from: 'beneficiary' },
      { code: 'relationship-proof', when: null, from: 'beneficiary' },
    ]),
    list('liability', [
      'claim-form',
      { code: 'police-report', when: 'injury', from: 'owner' },
      { code: 'damage-photos', when: null, from: 'third-party' },
      { code: 'repair-estimate', when: null, from: 'third-party' },
    ]),
    list('other', ['claim-form', 'damage-photos', 'receipts']),
  ],
};
