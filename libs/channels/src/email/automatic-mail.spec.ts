import { automaticMail, type MailTraits } from './automatic-mail';

const mail = (headers: Record<string, string> = {}, more: Partial<MailTraits> = {}): MailTraits => ({
  header: (name) => (headers[name] === undefined ? [] : [headers[name]]),
  headerNames: Object.keys(headers),
  subject: 'My claim',
  from: 'li.hua@customers.example.test',
  envelopeFrom: 'li.hua@customers.example.test',
  own: false,
  ...more,
});

test.each<[string, MailTraits, string | undefined]>([
  ['a person', mail(), undefined],
  ['a person whose server says so', mail({ 'auto-submitted': 'no' }), undefined],
  ['a person who wants no automatic answers', mail({ 'x-auto-response-suppress': 'All' }), undefined],
  ['a person behind IMAP', mail({}, { envelopeFrom: undefined }), undefined],
  ['a person with "auto" in the subject', mail({}, { subject: 'Auto insurance claim' }), undefined],
  ['a person called Noreply Jones', mail({}, { from: 'noreplyjones@customers.example.test' }), undefined],
  ['an answer of a machine', mail({ 'auto-submitted': 'auto-replied' }), 'auto-submitted'],
  ['an answer of a machine, with a parameter', mail({ 'auto-submitted': 'Auto-Generated; owner-email=x@y.test' }), 'auto-submitted'],
  ['the null sender', mail({}, { envelopeFrom: null }), 'null-sender'],
  ['the null sender in the mailbox', mail({ 'return-path': '<>' }, { envelopeFrom: undefined }), 'null-sender'],
  ['a list', mail({ 'list-id': '<x.y.test>' }), 'list'],
  ['bulk', mail({ precedence: 'Bulk' }), 'bulk'],
  ['junk', mail({ precedence: 'junk' }), 'bulk'],
  ['an old autoresponder', mail({ precedence: 'auto_reply' }), 'autoreply'],
  ['cPanel', mail({ 'x-autorespond': 'My claim' }), 'autoreply'],
  ['QQ', mail({}, { subject: '自动回复:My claim' }), 'autoreply'],
  ['old Exchange', mail({}, { subject: 'Automatic reply: My claim' }), 'autoreply'],
  ['a daemon', mail({}, { from: 'mailer-daemon@x.test' }), 'daemon'],
  ['a postmaster', mail({}, { from: 'postmaster@x.test' }), 'daemon'],
  ['no-reply', mail({}, { from: 'no-reply@x.test' }), 'daemon'],
  ['do-not-reply with a tag', mail({}, { from: 'donotreply+77@x.test' }), 'daemon'],
  ['ourselves', mail({}, { own: true }), 'own-address'],
])('%s', (_who, traits, reason) => {
  expect(automaticMail(traits)).toBe(reason);
});
