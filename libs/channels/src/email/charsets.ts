import iconv from 'iconv-lite';

const CHINESE_LABEL = /(charset\s*=\s*["']?)(?:gb2312|gb_2312-80|gbk|x-gbk|cp936|euc-cn)(?=["'\s;]|$)/gi;
const CHINESE_WORD = /=\?(?:gb2312|gbk|x-gbk|cp936)\?/gi;
const UNSURE_LABEL = /(charset\s*=\s*["']?)(?:us-ascii|utf-8|iso-8859-1|unknown-8bit|x-unknown|default|)(?=["'\s;]|$)/gi;
const EMBEDDED_MAIL = /^content-type:\s*message\/rfc822/im;

/**
 * Makes the letters of a Chinese mail readable before it is parsed; the bytes that are kept are never touched.
 * GB2312 and GBK labels become GB18030, which holds both and the rare characters of names. Raw 8-bit bytes that are no UTF-8 and have no
 * believable label are read as GB18030. A mail that carries another mail is left alone, so that the inner one stays as it is.
 */
export function repairCharsets(raw: Buffer): Buffer {
  const bytes = raw.toString('latin1');
  const carriesMail = EMBEDDED_MAIL.test(bytes);
  const labelled = carriesMail ? bytes : bytes.replace(CHINESE_LABEL, '$1gb18030').replace(CHINESE_WORD, '=?gb18030?');
  const end = headerEnd(labelled);
  const head = readableHead(labelled.slice(0, end));
  const body = labelled.slice(end);
  const guessed = !carriesMail && isEightBit(body) && !isUtf8(body) && isChinese(body);
  if (!guessed) return Buffer.from(head + body, 'latin1');
  return Buffer.from(labelWhereMissing(head).replace(UNSURE_LABEL, '$1gb18030') + body.replace(UNSURE_LABEL, '$1gb18030'), 'latin1');
}

function headerEnd(mail: string): number {
  const found = /\r?\n\r?\n/.exec(mail);
  return found ? found.index : mail.length;
}

/** RFC 6532 wants UTF-8 in headers; old Chinese senders write GBK bytes there. */
function readableHead(head: string): string {
  if (!isEightBit(head) || isUtf8(head) || !isChinese(head)) return head;
  return Buffer.from(iconv.decode(Buffer.from(head, 'latin1'), 'gb18030'), 'utf8').toString('latin1');
}

function labelWhereMissing(head: string): string {
  if (/^content-type:/im.test(head))
    return head.replace(/^(content-type:\s*text\/(?:plain|html))(?![^\r\n]*(?:\r?\n[ \t][^\r\n]*)*charset)/im, '$1; charset=gb18030');
  return `${head}\r\nContent-Type: text/plain; charset=gb18030`;
}

const isEightBit = (text: string) => /[\x80-\xff]/.test(text);
const isUtf8 = (text: string) => !Buffer.from(text, 'latin1').toString('utf8').includes('\ufffd');

/** Read as GB18030 it holds Han characters and no broken one. */
function isChinese(text: string): boolean {
  const read = iconv.decode(Buffer.from(text, 'latin1'), 'gb18030');
  return !read.includes('\ufffd') && /\p{Script=Han}/u.test(read);
}
