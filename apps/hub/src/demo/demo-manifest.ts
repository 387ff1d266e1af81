import type { DemoManifest } from '@claimline/protocol';
import type { DemoLine } from './demo-lines';
import type { DemoSecrets } from './demo-secrets';
import { DEMO_CUSTOMERS, DEMO_PEOPLE, emailOfPerson } from './seed/cast';
import { externalIdOf } from './seed/claims-plan';

/** What a running demo consists of. */
export interface DemoParts {
  readonly hub: { readonly url: string; readonly smtpPort: number };
  readonly sandboxUrl: string;
  readonly lines: readonly DemoLine[];
  readonly secrets: DemoSecrets;
  /** Claim numbers by the external id of the policyholder. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
}

/** What a script needs to drive this demo from outside. It holds secrets: only this machine is told. */
export function manifestOf({ hub, sandboxUrl, lines, secrets, claims }: DemoParts): DemoManifest {
  return {
    hub: hub.url,
    inboxes: lines.map((line) => ({ id: line.inbox.id, kind: line.inbox.kind, address: line.inbox.address, ...doorOf(line, hub) })),
    people: DEMO_PEOPLE.map((person) => ({
      role: person.role,
      name: person.name,
      email: emailOfPerson(person),
      password: secrets.passwordOf(emailOfPerson(person)),
    })),
    customers: DEMO_CUSTOMERS.filter(({ kind }) => kind === 'person').map((customer) => ({
      name: customer.name,
      phone: customer.phone,
      email: customer.email,
      wechat: customer.wechat,
      language: customer.language,
      claims: [...(claims.get(externalIdOf(customer)) ?? [])],
    })),
    claimEvents: { url: `${hub.url}/api/claim-events`, apiKey: secrets.apiKey },
    sandbox: { url: sandboxUrl },
  };
}

type Doors = Readonly<Record<string, (line: DemoLine, hub: DemoParts['hub']) => Readonly<Record<string, unknown>>>>;

const webhook = ({ inbox }: DemoLine, hub: DemoParts['hub']): { webhook: string } => ({ webhook: `${hub.url}/webhooks/${inbox.id}` });
const twilio: Doors[string] = (line, hub) => ({
  ...webhook(line, hub),
  secret: line.secrets.authToken,
  accountSid: line.config.accountSid,
});

/** How a script reaches a line, by kind: the fields that house and tests rely on. */
const DOORS: Doors = {
  'twilio-sms': twilio,
  'twilio-voice': twilio,
  wechat: (line, hub) => ({
    ...webhook(line, hub),
    appId: line.inbox.address,
    token: line.secrets.token,
    encodingAesKey: line.secrets.encodingAesKey,
  }),
  email: (_, hub) => ({ smtp: { host: '127.0.0.1', port: hub.smtpPort } }),
  'web-chat': (_, hub) => ({ widget: `${hub.url}/widget.js` }),
};

const doorOf = (line: DemoLine, hub: DemoParts['hub']): Readonly<Record<string, unknown>> =>
  DOORS[line.inbox.kind]?.(line, hub) ?? webhook(line, hub);
