// What people write to a claims department, as two lists from the commonest word to the rarest. The heads are real; the long tails are names of
// places, garages and people's own words, made of syllables, because a search is mostly for those.

const ENGLISH_HEAD = `the I my is to you and for it a claim car of in on was not with that we have when at please estimate this are be your been from can as
will do there but what me hello thanks repair insurance damage photo still today yesterday tomorrow garage policy accident waiting payment number sent
documents rear bumper door window water roof kitchen hospital doctor invoice receipt police report witness driver other morning afternoon evening week
month call back again nobody answered adjuster assessor visit appointment replacement rental courtesy key broken stolen fire flood storm hail tree wall
ceiling leak pipe neighbour lawyer injury neck shoulder headache medicine treatment bill deductible excess settlement offer agree disagree complaint
urgent soon late delay reason explain understand form signed page missing upload link code open error address moved family child mother father company
fleet truck van motorcycle bicycle taxi parking traffic light crossing motorway bridge station airport luggage flight cancelled holiday hotel passport`;

const CHINESE_HEAD = `你好 请问 我的 理赔 车 什么时候 谢谢 已经 定损 可以 没有 还是 修理厂 保险 今天 昨天 明天 电话 材料 照片 收到 需要 多少 赔付 报案 现场 追尾
对方 全责 责任 交警 事故 保单 号码 银行卡 到账 发票 医院 住院 门诊 病历 医生 受伤 身份证 复印件 上传 链接 打不开 等了 很久 没人 联系 查勘员 定损员 前保险杠 后保险杠
车门 玻璃 维修 配件 费用 金额 同意 不同意 投诉 解释 原因 客户 家里 漏水 天花板 墙面 厨房 火灾 台风 暴雨 水淹 发动机 拖车 救援 高速 路口 停车场 小区 物业 邻居 律师 诉讼
证明 签字 盖章 邮寄 地址 变更 儿子 女儿 父亲 母亲 公司 车队 货车 摩托车 电动车 航班 取消 行李 酒店 护照 延误 尽快 麻烦 进度 结案 回复 确认 核实 审核 通过 拒赔`;

const TAIL_WORDS = 4000;
const ONSETS = ['br', 'k', 'st', 'm', 'l', 'tr', 'w', 'h', 'd', 'gl', 'n', 'f', 'sh', 'p', 'th', 'v'];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ea', 'ou', 'y'];
const CODAS = ['n', 'rk', 'l', 'st', 'm', 'ck', 'ton', 'ford', 'ley', 'by', 'wick', 'ham', 'sby', 'rell', 'dge', 'x'];
const CHARACTERS = [
  ...'庆丰安泰和平兴隆东西南北方正大明华盛永宏光辉天地海山河江湖岭桥塘村镇城园林竹梅兰菊松柏杨柳春夏秋冬金银铜铁石玉珠宝福禄寿喜祥瑞龙凤虎马羊鹤鹏飞翔云雷风雨雪霜露星月日新旧上下左右前后内外长短高低远近红黄蓝绿白黑青紫',
];

const wordsOf = (text: string): string[] => [...new Set(text.split(/\s+/))];

function englishTail(count: number): string[] {
  const tail = new Set<string>();
  for (let n = 0; tail.size < count; n++) {
    const [a, b, c] = [n % ONSETS.length, Math.floor(n / 16) % VOWELS.length, Math.floor(n / 128) % CODAS.length];
    const second = VOWELS[Math.floor(n / 2048) % VOWELS.length]!;
    tail.add(`${ONSETS[a]}${VOWELS[b]}${n < 2048 ? '' : `l${second}`}${CODAS[c]}`);
  }
  return [...tail];
}

function chineseTail(count: number): string[] {
  const tail = new Set<string>();
  // 37 and the number of characters have no common divisor: neighbours in the list share no character.
  for (let n = 0; tail.size < count; n++)
    tail.add(CHARACTERS[n % CHARACTERS.length]! + CHARACTERS[(n * 37 + Math.floor(n / CHARACTERS.length)) % CHARACTERS.length]!);
  return [...tail];
}

/** A language's words with how often they come: the word of rank r about 1/r as often as the first (Zipf's law). */
export class Vocabulary {
  private readonly reach: Float64Array;

  constructor(readonly words: readonly string[]) {
    this.reach = new Float64Array(words.length);
    let sum = 0;
    for (let rank = 0; rank < words.length; rank++) this.reach[rank] = sum += 1 / (rank + 2.7);
  }

  /** The word at a fraction of all that is said. */
  at(fraction: number): string {
    const wanted = fraction * this.reach[this.words.length - 1]!;
    let low = 0;
    let high = this.words.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.reach[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return this.words[low]!;
  }
}

export const ENGLISH = new Vocabulary([...wordsOf(ENGLISH_HEAD), ...englishTail(TAIL_WORDS)]);
export const CHINESE = new Vocabulary([...wordsOf(CHINESE_HEAD), ...chineseTail(TAIL_WORDS)]);

export const FIRST_NAMES = wordsOf(
  `James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen Daniel Nancy
  Matthew Lisa Anthony Betty Mark Margaret Donald Sandra Steven Ashley Paul Kimberly Andrew Emily Joshua Donna Kenneth Michelle Kevin Carol Brian Amanda`,
);
export const LAST_NAMES = wordsOf(
  `Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee
  Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall
  Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers`,
);
export const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈'];
export const GIVEN = [
  ...'伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉萍红玲芬燕云洁梅琳素雪荣爱妹香月莺媛瑞凡佳嘉琼桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉',
];
