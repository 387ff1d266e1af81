import type { HotlineAnswer, HotlineClaim, PolicyCandidate } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { ChannelIcon, Chip, Highlight, useDates } from '../../ui';
import styles from './hotline-page.module.css';

/** A claim with everything a caller asks: where it stands, what comes next, what was said last. */
export function ClaimHit({ claim, q }: { readonly claim: HotlineClaim; readonly q: string }) {
  const { t } = useTranslation('hotline');
  const words = useWords();
  const dates = useDates();
  const { last } = claim;
  const stage = [words.stage(claim.stage), claim.subStatus && words.of('subStatus', claim.subStatus)].filter(Boolean).join(' · ');
  const next = [claim.nextStep, claim.promisedBy && t('by', { date: dates.day(claim.promisedBy) })].filter(Boolean).join(' · ');
  return (
    <li>
      <GoLink href={last ? hrefs.conversation(last.conversationId) : hrefs.claim(claim.number)} className={styles.row} data-row>
        <span className={styles.cell}>
          <strong>
            <Highlight text={claim.number} query={q} />
          </strong>
          <span className={styles.quiet}>
            <Highlight text={[claim.who, words.line(claim.line), claim.plate].filter(Boolean).join(' · ')} query={q} />
          </span>
        </span>
        <span className={styles.cell}>
          <span>
            <Chip tone="accent">{stage}</Chip>
          </span>
          <span className={styles.quiet}>{claim.handler ?? t('noHandler')}</span>
        </span>
        <span className={styles.cell}>
          <span className={styles.label}>{t('nextStep')}</span>
          <span>{next || <span className={styles.quiet}>{t('noNextStep')}</span>}</span>
        </span>
        <span className={styles.cell}>
          <span className={styles.label}>
            {last ? (
              <>
                <ChannelIcon kind={last.channel} /> {t(last.direction === 'inbound' ? 'customerSaid' : 'weSaid')} ·{' '}
                {dates.relative(last.at)}
              </>
            ) : (
              t('lastWords')
            )}
          </span>
          <q className={styles.said}>{last?.text ?? t('nothingSaid')}</q>
        </span>
      </GoLink>
    </li>
  );
}

/** A policy, masked, with what it was found by. */
export function PolicyHit({ policy }: { readonly policy: PolicyCandidate }) {
  const { t } = useTranslation('reports');
  const words = useWords();
  const dates = useDates();
  return (
    <li className={styles.plain}>
      <strong>{[policy.number, words.line(policy.line), policy.holder, policy.plate].filter(Boolean).join(' · ')}</strong>
      <span className={styles.quiet}>
        {[
          t(`policy.by.${policy.reason}`, { number: policy.number }),
          policy.endsOn && t('policy.until', { date: dates.day(policy.endsOn) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}

/** A customer and how many claims they are a party of. */
export function CustomerHit({ customer, q }: { readonly customer: HotlineAnswer['customers'][number]; readonly q: string }) {
  const { t } = useTranslation('hotline');
  return (
    <li>
      <GoLink href={hrefs.customer(customer.id)} className={styles.plain} data-row>
        <strong>
          <Highlight text={customer.name} query={q} />
        </strong>
        <span className={styles.quiet}>
          <Highlight text={[customer.address, t('claimCount', { count: customer.claims })].filter(Boolean).join(' · ')} query={q} />
        </span>
      </GoLink>
    </li>
  );
}
