import { Global, Module } from '@nestjs/common';
import { VisitorPush } from './delivery/channel-opener';
const providers = [{ provide: VisitorPush as never, useValue: { push: async () => undefined } }];
@Global()
@Module({ providers, exports: providers.map((p) => p.provide) })
export class PendingModule {}
