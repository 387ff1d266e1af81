import { LANGUAGES, smsSegments } from '@claimline/messages';
import { Liquid } from 'liquidjs';
import { lint, sampleWords, type TemplateDraft } from './linter';
import { render, TemplateRefusal, variablesOf } from './renderer';
import { salutation } from './salutation';
import { SEED_TEMPLATES } from './seed';
import { claimReference, publicWords, VARIABLES } from './variables';

const draft = (over: Partial<TemplateDraft> = {}): TemplateDraft => ({
  use: 'notice',
  language: 'en',
  privacy: 'P1',
  subject: null,
  body: '{{ brand }}: hello',
  ...over,
});
const problems = (over: Partial<TemplateDraft>) =>
  lint(draft(over))
    .map(({ problem }) => problem)
    .join('; ');

describe('a text to be published', () => {
  it.each([
    [{}, ''],
    [{ body: 'hello from {{ brand }}' }, 'the brand stands at the start'],
    [{ body: '【{{ brand }}】您好', language: 'zh-CN' as const }, ''],
    [{ body: '{{ brand }}: we guarantee payment' }, 'promises: "guarantee"'],
    [{ body: '【{{ brand }}】一定赔', language: 'zh-CN' as const }, 'promises: "一定赔"'],
    [{ body: '{{ brand }}: we call you tomorrow' }, 'written out'],
    [{ body: '【{{ brand }}】三天内到账', language: 'zh-CN' as const }, 'written out'],
    [{ body: '{{ brand }}: see https://evil.test' }, 'links come from the variables'],
    [{ body: '{{ brand }}: {{ amount }}' }, '"amount" is P3 and may not travel in a text for P1'],
    [{ body: '{{ brand }}: {% if diagnosis %}x{% endif %}' }, 'nobody declares the variable "diagnosis"'],
    [{ body: '{{ brand }}: {% if amount %}x{% endif %}' }, '"amount" is P3'],
    [{ body: '{{ brand }}: {{ amount }}', privacy: 'P3' as const }, ''],
    [{ body: '{{ brand }}: {{ salutation' }, 'unreadable'],
    [{ body: `{{ brand }}: ${'x'.repeat(400)}` }, '3 SMS'],
    [{ body: `【{{ brand }}】${'好'.repeat(140)}`, language: 'zh-CN' as const }, '3 SMS'],
    [{ subject: '{{ amount }}' }, '"amount" is P3'],
    [{ use: 'reply' as const, body: 'I will call you tomorrow' }, ''],
  ])('%j: %s', (over, expected) => (expected ? expect(problems(over)).toContain(expected) : expect(problems(over)).toBe('')));

  it('reads no file and runs no loop without end', () => {
    expect(() => render("{{ brand }}{% include '/etc/passwd' %}", sampleWords('en'), 'P1')).toThrow(TemplateRefusal);
    expect(() => render('{% for a in (1..100000000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}', {}, 'P1')).toThrow(
      TemplateRefusal,
    );
  });
});

describe('rendering', () => {
  it('refuses a word that is too private for the channel, whatever was published', () => {
    expect(() => render('{{ amount }}', sampleWords('en'), 'P1')).toThrow('not-private-enough: amount');
    expect(() => render('{% if reason %}{{ reason }}{% endif %}', sampleWords('en'), 'P2')).toThrow('not-private-enough: reason');
    expect(render('{{ amount }}', sampleWords('en'), 'P3')).toBe('1,250.00 USD');
  });

  it('says which word is missing, and leaves out what is optional', () => {
    expect(() => render('{{ brand }} {{ handlerName }}', { brand: 'Anhe' }, 'P1')).toThrow('missing: handlerName');
    expect(render('{{ brand }}{% if handlerName %} {{ handlerName }}{% endif %}', { brand: 'Anhe', handlerName: '' }, 'P1')).toBe('Anhe');
  });

  it('shows a claim number in full only where nobody looks over the shoulder', () => {
    expect([claimReference('CLM-2026-000123', 'P1'), claimReference('CLM-2026-000123', 'P2'), claimReference('123', 'P0')]).toEqual([
      '*000123',
      'CLM-2026-000123',
      '123',
    ]);
    expect(publicWords({ amount: '5', brand: 'x', unheardOf: 'y' }, 'P1')).toEqual({ brand: 'x' });
  });
});

describe('the texts that come with the product', () => {
  const texts = SEED_TEMPLATES.flatMap((template) =>
    LANGUAGES.map((language) => ({ name: `${template.code} ${language}`, template, language, text: template.texts[language] })),
  );

  it.each(texts)('$name passes its own linter', ({ template, language, text }) => {
    expect(lint({ use: template.use, language, privacy: template.privacy, subject: text.subject ?? null, body: text.body })).toEqual([]);
  });

  it.each(texts)('$name can be said when next to nothing is known', ({ template, language, text }) => {
    const { brand, salutation: dear, claimRef, ...rest } = sampleWords(language);
    const needed = Object.fromEntries(
      variablesOf(text.body)
        .filter((name) => !text.body.includes(`{% if ${name} %}`))
        .map((name) => [name, rest[name] ?? '']),
    );
    const said = render(text.body, { ...needed, brand: brand!, salutation: dear!, claimRef: claimRef! }, template.privacy);
    // A mail has paragraphs, an SMS has none and is short.
    const isShort = template.privacy <= 'P1';
    expect(isShort ? said : said.replace(/\n+/g, ' ')).not.toMatch(/undefined|\{\{|\{%|\s{2}|，。|。。/);
    if (template.use !== 'reply' && isShort) expect(smsSegments(said).segments).toBeLessThanOrEqual(2);
  });

  it('are the catalogue, the automatic texts and at least eight replies with short codes', () => {
    const codes = SEED_TEMPLATES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual(
      expect.arrayContaining([
        'fnol_received',
        'handler_assigned',
        'handler_changed',
        'documents_needed',
        'progress_update',
        'decision_approved',
        'decision_partial',
        'decision_denied',
        'offer_ready',
        'payment_issued',
        'payment_failed',
        'claim_closed',
        'opt_out_confirmed',
        'away',
        'which_claim',
        'who_is_writing',
      ]),
    );
    const replies = SEED_TEMPLATES.filter(({ use }) => use === 'reply');
    expect(replies.length).toBeGreaterThanOrEqual(8);
    for (const {
      texts: { en, 'zh-CN': zh },
    } of replies)
      expect([en.title, zh.title]).toEqual([expect.stringMatching(/^\/\w+ /), expect.stringMatching(/^\/\p{Script=Han}+ \/\w+ /u)]);
  });

  it('use only declared words, each with a sample in both languages', () => {
    for (const { sample } of Object.values(VARIABLES)) for (const language of LANGUAGES) expect(sample[language]).not.toBe('');
  });
});

describe('a salutation', () => {
  const person = (name: string, title: string | null) => ({ name, kind: 'person' as const, salutation: title });
  it.each([
    [person('李伟', '先生'), 'zh-CN', '李先生'],
    [person('李娜', 'Ms'), 'zh-CN', '李女士'],
    [person('欧阳明月', '女士'), 'zh-CN', '欧阳女士'],
    [person('Mei Chen', 'Ms.'), 'en', 'Dear Ms Chen'],
    [person('Mei Chen', '女士'), 'en', 'Dear Ms Chen'],
    [person('李伟', null), 'zh-CN', '尊敬的客户'],
    [person('Mei', null), 'en', 'Dear customer'],
    [person('李伟', '先生'), 'en', 'Dear customer'],
    [person('李伟', '李老师'), 'zh-CN', '李老师'],
    [person('Mei Chen', 'Dr Chen-Li'), 'en', 'Dear Dr Chen-Li'],
    [person('Mei Chen', 'Mei'), 'en', 'Dear customer'],
    [person('+8613800138000', '先生'), 'zh-CN', '尊敬的客户'],
    [{ name: 'Hu & Partners', kind: 'organisation' as const, salutation: null }, 'en', 'Dear Hu & Partners'],
    [{ name: '两位', kind: 'shared' as const, salutation: '先生' }, 'zh-CN', '尊敬的客户'],
  ])('%j in %s: %s', (to, language, expected) => expect(salutation(to, language as 'en' | 'zh-CN')).toBe(expected));
});

test('a text is read once, however often it is filled in', () => {
  const reading = jest.spyOn(Liquid.prototype, 'parse');
  const filled = ['480 125', '480 126'].map((code) => render('Only once: {{ code }}', { code }, 'P0'));
  expect([filled, reading.mock.calls.length]).toEqual([['Only once: 480 125', 'Only once: 480 126'], 1]);
  reading.mockRestore();
});

test('a text that is no Liquid is refused every time', () => {
  for (const _ of [1, 2]) expect(() => render('{% if %}', {}, 'P0')).toThrow(TemplateRefusal);
});
