import { Global, Module } from '@nestjs/common';
import { ConsentCheck, RecipientHours } from '@claimline/delivery';
import { RenderedReply } from './conversations/rendered-reply';
import { VisitorPush } from './delivery/channel-opener';
import { ConsentWriter } from './flows/note-consent-event';
import { CarrierOptOuts } from './flows/settle-delivery';
const v = (p: unknown, useValue: unknown) => ({ provide: p as never, useValue });
const providers = [
  v(ConsentCheck, { of: async () => 'unknown', state: async () => 'unknown' }),
  v(RecipientHours, { of: async () => null }),
  v(RenderedReply, {
    of: async (_q: unknown, _c: unknown, w: { text: string; subject: string | null }) => ({ text: w.text, subject: w.subject }),
  }),
  v(VisitorPush, { push: async () => undefined }),
  v(ConsentWriter, {}),
  v(CarrierOptOuts, { record: async () => undefined }),
];
@Global()
@Module({ providers, exports: providers.map((p) => p.provide) })
export class PendingModule {}
