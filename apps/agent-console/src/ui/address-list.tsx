import type { Contact } from '@claimline/protocol';
import { IconAlertTriangle, IconCircleCheck, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../locales';
import { channelConsents } from './address-channels';
import styles from './address-list.module.css';
import { ChannelIcon } from './channel-icon';
import { useDates } from './dates';

type Address = Contact['addresses'][number];

const CHANNEL_OF_SCHEME: Readonly<Record<string, string>> = {
  tel: 'twilio-voice',
  email: 'email',
  wechat: 'wechat',
  wa: 'whatsapp',
  visitor: 'web-chat',
  postal: 'letter',
  psid: 'messenger',
};

/** Where a customer is reached: verified or not, usable or not, shared with whom, and what was agreed for each channel. */
export function AddressList({ addresses }: { readonly addresses: readonly Address[] }) {
  const { t } = useTranslation('desk');
  if (addresses.length === 0) return <p className={styles.none}>{t('address.none')}</p>;
  return (
    <ul className={styles.list}>
      {addresses.map((address) => (
        <AddressRow key={address.id} address={address} />
      ))}
    </ul>
  );
}

function AddressRow({ address }: { readonly address: Address }) {
  const { t } = useTranslation('desk');
  const words = useWords();
  return (
    <li className={styles.row}>
      <span className={styles.icon}>
        <ChannelIcon kind={CHANNEL_OF_SCHEME[address.scheme] ?? address.scheme} size={16} silent />
      </span>
      <div className={styles.body}>
        <p className={styles.head}>
          <span className={styles.value} data-unusable={address.unusable !== null || undefined}>
            {address.scheme === 'visitor' ? t('address.visitor') : address.value}
          </span>
          {address.level === 'verified' && !address.unusable && (
            <span className={styles.verified} title={t('address.verified')}>
              <IconCircleCheck size={14} stroke={1.8} aria-hidden />
              <span className="unseen">{t('address.verified')}</span>
            </span>
          )}
        </p>
        {address.unusable && (
          <p className={styles.bad}>
            <IconAlertTriangle size={13} stroke={1.8} aria-hidden /> {t('address.unusable', { reason: words.reason(address.unusable) })}
          </p>
        )}
        {address.sharedWith.length > 0 && (
          <p className={styles.shared}>
            <IconUsers size={13} stroke={1.8} aria-hidden />{' '}
            {t('address.shared', { names: address.sharedWith.map((one) => one.name).join(', ') })}
          </p>
        )}
        <ul className={styles.consents}>
          {channelConsents(address).map((consent) => (
            <Consent key={consent.channel} consent={consent} />
          ))}
        </ul>
      </div>
    </li>
  );
}

// The dot is never alone: its words stand beside it, because colour is no word.
function Consent({ consent }: { readonly consent: Address['consent'][number] }) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const dates = useDates();
  const since = consent.since ? t('address.since', { when: dates.day(consent.since) }) : undefined;
  return (
    <li className={styles.consent} data-state={consent.state} title={since}>
      <i aria-hidden />
      {words.channel(consent.channel)} <span>{t(`consent.${consent.state}`)}</span>
    </li>
  );
}
