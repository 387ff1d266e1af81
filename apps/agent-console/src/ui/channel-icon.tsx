import {
  IconBrandMessenger,
  IconBrandWechat,
  IconBrandWhatsapp,
  IconDeviceMobile,
  IconMail,
  IconMailbox,
  IconMessage2,
  IconMessageCircle,
  IconPhone,
  IconWalk,
} from '@tabler/icons-react';
import { useWords } from '../locales';

const ICONS: Readonly<Record<string, typeof IconMail>> = {
  'twilio-sms': IconDeviceMobile,
  'twilio-voice': IconPhone,
  email: IconMail,
  'web-chat': IconMessageCircle,
  wechat: IconBrandWechat,
  whatsapp: IconBrandWhatsapp,
  messenger: IconBrandMessenger,
  letter: IconMailbox,
  visit: IconWalk,
  'in-person': IconWalk,
};

/** The mark of a channel. It says its name to screen readers unless `silent`. */
export function ChannelIcon({
  kind,
  size = 14,
  silent = false,
}: {
  readonly kind: string;
  readonly size?: number;
  readonly silent?: boolean;
}) {
  const words = useWords();
  const Icon = ICONS[kind] ?? IconMessage2;
  const name = words.channel(kind);
  return (
    <span style={{ display: 'inline-flex', flex: 'none' }} title={name}>
      <Icon size={size} stroke={1.7} aria-hidden="true" />
      {!silent && <span className="unseen">{name}</span>}
    </span>
  );
}
