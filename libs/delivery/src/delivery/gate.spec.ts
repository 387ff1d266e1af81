import * as fc from 'fast-check';
import { capabilities } from '../testing/capabilities';
import { gate, type GateAnswer, type GateFacts } from './gate';

const NOW = new Date('2026-11-22T08:00:00Z');
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);
const ahead = (hours: number): Date => ago(-hours);

const facts = (over: Partial<GateFacts> = {}): GateFacts => ({
  purpose: 'reply',
  capabilities: capabilities(),
  inboxState: 'active',
  consent: 'unknown',
  represented: false,
  deceased: false,
  complaintOpen: false,
  unusable: null,
  lastInboundAt: null,
  quietUntil: null,
  privacy: null,
  hasTemplate: false,
  text: 'Your estimate is ready.',
  files: [],
  expiresAt: null,
  ...over,
});

const windowed = capabilities({ window: 24 * 3_600_000, templateOutsideWindow: true, proactive: false });
const jpeg = { contentType: 'image/jpeg', size: 1000, state: 'stored' as const };

const TABLE: readonly [string, Partial<GateFacts>, GateAnswer][] = [
  ['an answer leaves', {}, { go: 'text' }],
  ['an opt-out stops a notice', { purpose: 'notice', consent: 'opted-out' }, { no: 'opted-out', state: 'suppressed' }],
  ['an opt-out stops also what a person writes', { consent: 'opted-out' }, { no: 'opted-out', state: 'suppressed' }],
  ['the same words to many want a yes', { purpose: 'broadcast' }, { no: 'no-consent', state: 'suppressed' }],
  ['and leave with one', { purpose: 'broadcast', consent: 'granted' }, { go: 'text' }],
  ['a represented party is not written to', { represented: true }, { no: 'represented', state: 'suppressed' }],
  ['deceased stops everything', { deceased: true, consent: 'granted' }, { no: 'deceased', state: 'suppressed' }],
  ['nothing automatic to whoever complains', { purpose: 'automatic', complaintOpen: true }, { no: 'complaint-open', state: 'suppressed' }],
  [
    'no broadcast either, whatever was agreed to',
    { purpose: 'broadcast', consent: 'granted', complaintOpen: true },
    { no: 'complaint-open', state: 'suppressed' },
  ],
  ['a person answers them', { complaintOpen: true }, { go: 'text' }],
  ['a dead address is not tried', { unusable: '30005' }, { no: 'address-unusable', state: 'undeliverable' }],
  ['amounts do not travel by SMS', { privacy: 'P3' }, { no: 'not-private-enough', state: 'suppressed' }],
  ['but on a channel that is private enough', { privacy: 'P3', capabilities: capabilities({ privacy: 'P3' }) }, { go: 'text' }],
  ['nothing is cut: too long is refused', { text: 'x'.repeat(1601) }, { no: 'not-capable', state: 'failed' }],
  [
    'a channel without files refuses files',
    { capabilities: capabilities({ media: null }), files: [jpeg] },
    { no: 'not-capable', state: 'failed' },
  ],
  ['a type that phones do not show', { files: [{ ...jpeg, contentType: 'application/pdf' }] }, { no: 'not-capable', state: 'failed' }],
  [
    'any type where any goes',
    {
      capabilities: capabilities({ media: { types: ['*/*'], maxBytes: 1e6, maxCount: 5 } }),
      files: [{ ...jpeg, contentType: 'application/pdf' }],
    },
    { go: 'text' },
  ],
  ['too many files', { files: [jpeg, jpeg, jpeg, jpeg] }, { no: 'not-capable', state: 'failed' }],
  [
    'too large together',
    {
      files: [
        { ...jpeg, size: 3e6 },
        { ...jpeg, size: 3e6 },
      ],
    },
    { no: 'not-capable', state: 'failed' },
  ],
  [
    'a quarantined file never leaves, and never silently stays behind',
    { files: [{ ...jpeg, state: 'quarantined' }] },
    { no: 'not-capable', state: 'failed' },
  ],
  [
    'a file on its way is waited for',
    { files: [{ ...jpeg, state: 'pending' }] },
    { hold: new Date(NOW.getTime() + 10_000), reason: 'unknown' },
  ],
  ['within the window: free text', { capabilities: windowed, lastInboundAt: ago(23) }, { go: 'text' }],
  [
    'within the window: free text, also where there is a template',
    { capabilities: windowed, lastInboundAt: ago(23), hasTemplate: true },
    { go: 'text' },
  ],
  ['outside of it: the template', { capabilities: windowed, lastInboundAt: ago(25), hasTemplate: true }, { go: 'template' }],
  ['outside of it without one', { capabilities: windowed, lastInboundAt: ago(25) }, { no: 'window-closed', state: 'failed' }],
  ['who never wrote has no window', { capabilities: windowed }, { no: 'window-closed', state: 'failed' }],
  ['who never wrote may get a template', { capabilities: windowed, hasTemplate: true }, { go: 'template' }],
  [
    'a template does not help where none may be sent',
    { capabilities: { ...windowed, templateOutsideWindow: false }, lastInboundAt: ago(25), hasTemplate: true },
    { no: 'window-closed', state: 'failed' },
  ],
  ['a notice waits for the morning', { purpose: 'notice', quietUntil: ahead(5) }, { hold: ahead(5), reason: 'quiet-hours' }],
  ['a broadcast too', { purpose: 'broadcast', consent: 'granted', quietUntil: ahead(5) }, { hold: ahead(5), reason: 'quiet-hours' }],
  ['an answer passes at night', { quietUntil: ahead(5) }, { go: 'text' }],
  ['an automatic answer too: they are awake', { purpose: 'automatic', quietUntil: ahead(5) }, { go: 'text' }],
  ['a stopped inbox holds', { inboxState: 'stopped' }, { hold: new Date(NOW.getTime() + 60_000), reason: 'inbox-stopped' }],
  ['what is no longer worth saying is not said', { expiresAt: ago(1) }, { no: 'expired', state: 'failed' }],
  [
    'the law comes before the hour',
    { purpose: 'notice', quietUntil: ahead(5), consent: 'opted-out' },
    { no: 'opted-out', state: 'suppressed' },
  ],
];

test.each(TABLE)('%s', (_, over, answer) => expect(gate(facts(over), NOW)).toEqual(answer));

test('whatever else is true, nothing leaves for the opted-out, the represented and the dead', () => {
  const any = fc.record({
    purpose: fc.constantFrom('reply', 'automatic', 'notice', 'broadcast'),
    inboxState: fc.constantFrom('active', 'stopped'),
    hasTemplate: fc.boolean(),
    lastInboundAt: fc.option(fc.date({ noInvalidDate: true }), { nil: null }),
    quietUntil: fc.option(fc.date({ noInvalidDate: true }), { nil: null }),
    capabilities: fc.constantFrom(capabilities(), windowed, capabilities({ privacy: 'P3' })),
    privacy: fc.constantFrom(null, 'P0', 'P1', 'P4'),
  }) as fc.Arbitrary<Partial<GateFacts>>;
  const stop: fc.Arbitrary<Partial<GateFacts>> = fc.constantFrom({ consent: 'opted-out' }, { represented: true }, { deceased: true });
  fc.assert(fc.property(any, stop, (over, why) => 'no' in gate(facts({ ...over, ...why }), NOW)));
});
