import type { CustomerAction, SimulatedLine } from '@claimline/channels/simulators';
import type { Address } from '@claimline/messages';
import { z } from 'zod';

/** A line as `POST /lines` takes it: what the vendor has to know of an inbox. */
export const LineRequest = z.object({
  inboxId: z.string().min(1),
  kind: z.string().min(1),
  address: z.string().min(1),
  webhookUrl: z.url(),
  mail: z.object({ host: z.string(), port: z.number().int() }).optional(),
  config: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.string()),
});

/** `POST /lines/new`: settings for a line that does not exist yet. */
export const NewLineRequest = z.object({ kind: z.string().min(1), address: z.string().min(1), manner: z.string().optional() });

const File = z
  .object({ name: z.string().min(1), contentType: z.string().min(1), base64: z.base64() })
  .transform(({ name, contentType, base64 }) => ({ name, contentType, content: Buffer.from(base64, 'base64') }));

/** Who acts: the value of the address is enough, the line says what it means. */
const From = z.union([
  z.string().min(1),
  z.object({ scheme: z.string(), scope: z.string().default(''), value: z.string().min(1), name: z.string().optional() }),
]);

const Act = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('message'),
    from: From,
    name: z.string().optional(),
    text: z.string().default(''),
    subject: z.string().optional(),
    cc: z.array(z.email()).max(5).optional(),
    media: z.array(File).max(20).optional(),
    inReplyTo: z.string().optional(),
    id: z.string().optional(),
    at: z.iso.datetime({ offset: true }).optional(),
    raw: z.base64().optional(),
  }),
  z.object({ do: z.literal('voice-message'), from: From, media: File, seconds: z.number().positive(), transcript: z.string().optional() }),
  z.object({ do: z.literal('call'), from: From, callId: z.string().optional() }),
  z.object({ do: z.literal('press'), callId: z.string(), digits: z.string().regex(/^[0-9*#]+$/) }),
  z.object({ do: z.literal('speak'), callId: z.string(), media: File, seconds: z.number().positive(), transcript: z.string().optional() }),
  z.object({ do: z.enum(['pick-up', 'let-ring', 'hang-up']), callId: z.string() }),
  z.object({ do: z.literal('read'), from: From, externalId: z.string() }),
]);

/** `POST /act`: what a customer does on a line. Files travel as base64. */
export const ActRequest = z
  .object({ inbox: z.string().optional(), kind: z.string().optional(), action: Act })
  .refine(({ inbox, kind }) => inbox !== undefined || kind !== undefined, { message: 'name the inbox or the kind' });
export type ActRequest = z.output<typeof ActRequest>;

/** `POST /clock`: how far the hub's clock is from the machine's, in milliseconds. */
export const ClockRequest = z.object({ offset: z.number().int() });

/** `POST /misbehave`: how a vendor goes wrong from now on; null makes it well again. */
export const MisbehaveRequest = z.object({
  kind: z.string().min(1),
  how: z
    .object({
      to: z.string().optional(),
      how: z.enum([
        'answer-429',
        'answer-500',
        'hang',
        'close-mid-answer',
        'accept-then-die',
        'refuse',
        'opted-out',
        'undeliverable',
        'media-404',
        'no-receipts',
        'unauthorized',
        'window-closed',
      ]),
      times: z.number().int().positive().optional(),
    })
    .nullable(),
});

/** `POST /failpoint`: at which moment of which request of a kind a process is killed. `nth` counts from now on; `after` are milliseconds behind that moment. */
export const FailpointRequest = z.object({
  kind: z.string().min(1),
  at: z.enum(['received', 'accepted', 'half-answered', 'answered']),
  nth: z.number().int().positive().default(1),
  after: z.number().int().min(0).max(10_000).default(0),
  pid: z.number().int().min(2),
});
export type FailpointRequest = z.output<typeof FailpointRequest>;

/** `POST /claim-core/refuse`: how many deliveries the claim core answers with 503 from now on. */
export const RefuseRequest = z.object({ times: z.number().int().min(0).max(1000) });

/** `GET /outbox`. */
export const OutboxQuery = z.object({ to: z.string().optional(), limit: z.coerce.number().int().positive().optional() });

/** The action as a vendor in the box wants it. */
export function actionOn(line: SimulatedLine, action: ActRequest['action']): CustomerAction {
  if (!('from' in action)) return action;
  const from = addressOn(line, action.from, 'name' in action ? action.name : undefined);
  if (action.do !== 'message') return { ...action, from };
  const { name: _, at, raw, ...message } = action;
  return {
    ...message,
    from,
    at: at === undefined ? undefined : new Date(at),
    raw: raw === undefined ? undefined : Buffer.from(raw, 'base64'),
  };
}

// What a bare value means follows from the line: a number on a phone line, an open id of that account in an app.
function addressOn(line: SimulatedLine, from: z.output<typeof From>, name: string | undefined): Address {
  if (typeof from !== 'string') return from as Address;
  if (line.kind === 'email') return { scheme: 'email', scope: '', value: from, name };
  if (line.kind === 'wechat') return { scheme: 'wechat', scope: line.address, value: from, name };
  if (line.kind === 'web-chat') return { scheme: 'visitor', scope: '', value: from, name };
  return { scheme: 'tel', scope: '', value: from, name };
}
