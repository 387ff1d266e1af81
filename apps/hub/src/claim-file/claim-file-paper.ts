import type { Language } from '@claimline/messages';
import type { ClaimFile, ClaimFileEntry } from '@claimline/protocol';
import { DateTime } from 'luxon';
import { PaperSheet } from '../paper/paper-sheet';

const WORDS = {
  en: {
    title: 'Claim file',
    exported: 'Exported',
    by: 'by',
    entries: 'Entries',
    head: 'Hash of the last entry',
    withheld: 'Not included',
    privileged: 'privileged threads',
    restricted: 'restricted threads',
    footer: 'Each entry carries the first 12 characters of its hash; the JSON file carries all of them.',
  },
  'zh-CN': {
    title: '赔案卷宗',
    exported: '导出时间',
    by: '导出人',
    entries: '条目数',
    head: '末条哈希',
    withheld: '未包含',
    privileged: '份律师特权会话',
    restricted: '份受限会话',
    footer: '每条后附其哈希的前 12 位，完整哈希见 JSON 文件。',
  },
} as const satisfies Record<Language, object>;

const KINDS: Readonly<Record<Language, Readonly<Record<ClaimFileEntry['kind'], string>>>> = {
  en: {
    'claim-event': 'Claim event',
    message: 'Message',
    file: 'File',
    delivery: 'Delivery',
    notice: 'Notice',
    consent: 'Consent',
    clock: 'Clock',
    task: 'Task',
    access: 'Access',
  },
  'zh-CN': {
    'claim-event': '赔案事件',
    message: '消息',
    file: '文件',
    delivery: '送达',
    notice: '通知',
    consent: '同意记录',
    clock: '时限',
    task: '任务',
    access: '访问记录',
  },
};

// What is told in a sentence of its own, or only joins records: the JSON file has it all.
const QUIET = new Set(['text', 'conversation', 'message', 'quoted', 'evidence', 'facts', 'claimEvent', 'subjectId', 'eventId', 'party']);

/** The claim file for people: every entry with its time, its facts and its words, in order. The JSON beside it is the evidence. */
export function claimFilePaper(
  file: ClaimFile,
  about: { readonly brand: string; readonly language: Language; readonly timeZone: string },
): Promise<Buffer> {
  const words = WORDS[about.language];
  const time = (iso: string): string => DateTime.fromISO(iso, { zone: about.timeZone }).toFormat('yyyy-MM-dd HH:mm:ss ZZ');
  const number = String(file.claim['number']);
  const sheet = new PaperSheet({ title: `${words.title} ${number}`, footer: `${number} · ${words.footer}`, language: about.language });
  sheet.head([about.brand, number]).space(14).line(`${words.title} ${number}`, { bold: true, size: 16 });
  sheet.pair(words.exported, `${time(file.exportedAt)}, ${words.by} ${file.exportedBy.name}`);
  sheet.pair(words.entries, String(file.entries.length));
  sheet.pair(words.head, file.head);
  const { privileged, restricted } = file.withheld;
  if (privileged + restricted > 0) sheet.pair(words.withheld, `${privileged} ${words.privileged}, ${restricted} ${words.restricted}`);
  for (const entry of file.entries) write(sheet, entry, { kind: KINDS[about.language][entry.kind], at: time(entry.at) });
  return sheet.end();
}

function write(sheet: PaperSheet, { n, facts, hash }: ClaimFileEntry, said: { kind: string; at: string }): void {
  sheet.space(6).line(`${n}  ${said.at}  ${said.kind}`, { bold: true, size: 9.5, gap: 1 });
  const plain = Object.entries(facts).filter(([name, value]) => !QUIET.has(name) && value !== '' && !isEmpty(value));
  sheet.line([...plain.map(([name, value]) => `${name}: ${told(value)}`), hash.slice(0, 12)].join(' · '), { size: 8.5, gap: 1 });
  if (typeof facts['text'] === 'string' && facts['text'] !== '') sheet.line(facts['text'], { size: 10, gap: 2 });
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const told = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value).replaceAll('"', '') : String(value));
