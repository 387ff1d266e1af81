import type { RunningCall, SandboxClient, SentFile } from './sandbox-client';
import { until } from './until';

const HOTLINE = { kind: 'twilio-voice' } as const;

/** Somebody with a phone at their ear: presses keys, speaks, hangs up, and hears what is said. */
export class Caller {
  private constructor(
    private readonly sandbox: SandboxClient,
    readonly callId: string,
  ) {}

  static async dial(sandbox: SandboxClient, from: string): Promise<Caller> {
    const { id } = await sandbox.act(HOTLINE, { do: 'call', from });
    return new Caller(sandbox, id);
  }

  /** The call that rings this phone, once it does. */
  static async rings(sandbox: SandboxClient, number: string): Promise<Caller> {
    const call = await until(`${number} to ring`, async () => (await sandbox.calls()).find((one) => one.awaits?.number === number));
    return new Caller(sandbox, call.id);
  }

  async call(): Promise<RunningCall> {
    const call = (await this.sandbox.calls()).find(({ id }) => id === this.callId);
    if (!call) throw new Error(`the call ${this.callId} is not there any more`);
    return call;
  }

  /** Everything that was said into this phone since the last key was pressed. */
  async press(...keys: readonly string[]): Promise<string> {
    let before = 0;
    for (const digits of keys) {
      before = (await this.call()).heard.length;
      await this.sandbox.act(HOTLINE, { do: 'press', callId: this.callId, digits });
    }
    return (await this.call()).heard
      .slice(before)
      .map(({ text }) => text)
      .join(' ');
  }

  async speak(media: SentFile, seconds: number, transcript?: string): Promise<void> {
    await this.sandbox.act(HOTLINE, { do: 'speak', callId: this.callId, media, seconds, transcript });
  }

  async do(what: 'pick-up' | 'let-ring' | 'hang-up'): Promise<void> {
    await this.sandbox.act(HOTLINE, { do: what, callId: this.callId });
  }
}

/** A second of a tone as a wave file: sound that any browser plays. */
export function toneFile(name = 'voice.wav'): { readonly file: SentFile; readonly bytes: Buffer } {
  const rate = 8_000;
  const samples = Buffer.from(Array.from({ length: rate }, (_, n) => 128 + Math.round(60 * Math.sin((n * 440 * 2 * Math.PI) / rate))));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  const bytes = Buffer.concat([head, samples]);
  return { bytes, file: { name, contentType: 'audio/wav', base64: bytes.toString('base64') } };
}
