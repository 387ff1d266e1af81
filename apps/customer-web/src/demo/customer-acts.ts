import { useMemo } from 'react';
import { useStage } from './stage';

export const VOICE_WORDS = '我在延安路被追尾了，人没事';
export const STOP_WORDS = '别再给我发短信了';
const VOICE_SECONDS = 7;
const PHOTOS = ['rear-bumper.jpg', 'front-left.jpg', 'plate.jpg', 'scene.jpg'];

const hex = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length / 2)), (byte) => byte.toString(16).padStart(2, '0')).join('');
const wechatId = (): string => `2${Date.now()}${String(Math.floor(Math.random() * 1_000)).padStart(3, '0')}`;

/** What the phone's owner can do; each is shown on the phone at once. */
export function useCustomerActs() {
  const { world, devices } = useStage();
  return useMemo(() => {
    const { wechat, phone, email, name } = world.customer;
    return {
      async voice(): Promise<boolean> {
        const media = await world.file('voice.wav');
        return devices.say({ id: hex(16), app: 'wechat', text: VOICE_WORDS, seconds: VOICE_SECONDS }, () =>
          world.act('wechat', { do: 'voice-message', from: wechat, media, seconds: VOICE_SECONDS, transcript: VOICE_WORDS }),
        );
      },
      async photos(): Promise<boolean> {
        const media = await Promise.all(PHOTOS.map((file) => world.file(file)));
        return devices.say({ id: hex(16), app: 'wechat', text: '', photos: PHOTOS }, () =>
          world.act('wechat', { do: 'message', from: wechat, text: '', media }),
        );
      },
      wechat: (text: string, id = wechatId()): Promise<boolean> =>
        devices.say({ id, app: 'wechat', text }, () => world.act('wechat', { do: 'message', from: wechat, text, id })),
      sms: (text: string): Promise<boolean> =>
        devices.say({ id: `SM${hex(32)}`, app: 'sms', text }, () => world.act('twilio-sms', { do: 'message', from: phone, text })),
      mail: (text: string, subject: string): Promise<boolean> =>
        devices.say({ id: hex(16), app: 'mail', text, subject }, () =>
          world
            .act('email', { do: 'message', from: email, name, text, subject })
            .then(({ status }) => ({ status: status === 250 ? 200 : 500 })),
        ),
      /** The provider brings one message four times; answers with what the hub said to the last three. */
      async resend(text: string): Promise<readonly number[]> {
        const id = wechatId();
        await this.wechat(text, id);
        const again = [1, 2, 3].map(() => world.act('wechat', { do: 'message', from: wechat, text, id }));
        return (await Promise.all(again)).map(({ status }) => status);
      },
    };
  }, [world, devices]);
}
