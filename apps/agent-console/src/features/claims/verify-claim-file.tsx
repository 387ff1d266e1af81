import type { ClaimFileVerdict } from '@claimline/protocol';
import { FileInput, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NotAClaimFile, useVerifyClaimFile } from '../../client';
import { useWords } from '../../locales';
import styles from './claim-page.module.css';

interface VerifyClaimFileProps {
  readonly number: string;
  readonly onClose: () => void;
}

/** Takes an exported file and says what of it is not what it was. */
export function VerifyClaimFile({ number, onClose }: VerifyClaimFileProps) {
  const { t } = useTranslation('claims');
  const words = useWords();
  const verify = useVerifyClaimFile(number);
  return (
    <Modal opened onClose={onClose} size={480} title={t('file.verifyTitle')} closeButtonProps={{ 'aria-label': t('file.close') }}>
      <FileInput
        label={t('file.choose')}
        placeholder={`${number}.json`}
        accept="application/json,.json"
        onChange={(file) => file && verify.mutate(file)}
      />
      <div role="status">
        {verify.isPending && <p className={styles.quiet}>{t('file.checking')}</p>}
        {verify.error && <p>{verify.error instanceof NotAClaimFile ? t('file.notOne') : words.error(verify.error)}</p>}
        {verify.data && <Verdict verdict={verify.data} />}
      </div>
    </Modal>
  );
}

function Verdict({ verdict: { sound, signed, problems } }: { readonly verdict: ClaimFileVerdict }) {
  const { t } = useTranslation('claims');
  return (
    <>
      <p>{sound ? t('file.sound') : t('file.found', { count: problems.length })}</p>
      {!signed && <p>{t('file.unsigned')}</p>}
      <ul>
        {problems.slice(0, 50).map(({ n, id, problem, facts }) => (
          <li key={`${problem} ${id}`}>
            {t('file.entry', { n })}: {t(`file.${problem}`)}{' '}
            {facts.length > 0 && <span className={styles.quiet}>({facts.join(', ')})</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
