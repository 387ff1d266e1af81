import type { Scan } from '@claimline/protocol';
import { Button, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconCut, IconFolderPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDescribeScan, useScanDeed, type ScanDeed } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { ClaimSearch, PaperViewer, toast, useMayWrite } from '../../ui';
import styles from './mailroom.module.css';

/** One paper: its pages, who sent it and when it came, and where it goes. 1 to 3 take a suggestion, X puts away, Z takes back. */
export function ScanDesk({ scan }: { readonly scan: Scan }) {
  const { t } = useTranslation('paper');
  const [page, setPage] = useState(1);
  const mayWrite = useMayWrite();
  const deeds = useScanDeeds(scan);
  const waiting = scan.state === 'waiting';
  const section = t('mailroom.title');
  useOffer([
    ...scan.suggestions.slice(0, 3).map(
      ({ claim, party }, index) =>
        waiting &&
        mayWrite && {
          id: `scan.file-${index}`,
          title: t('filing.to', { claim }),
          section,
          keys: String(index + 1),
          run: () => deeds.file(claim, party?.id),
        },
    ),
    waiting &&
      mayWrite && {
        id: 'scan.aside',
        title: t('mailroom.putAway'),
        section,
        keys: 'x',
        run: () => deeds.act({ is: 'set-aside', aside: true }, 'mailroom.putAwayDone'),
      },
  ]);
  const mayCut = waiting && mayWrite && scan.attachment.contentType === 'image/tiff' && page > 1;
  return (
    <div className={styles.desk}>
      <PaperViewer file={scan.attachment} onPage={setPage}>
        {mayCut && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconCut size={14} />}
            onClick={() => deeds.act({ is: 'split', from: page }, 'mailroom.cutDone')}
          >
            {t('mailroom.cut', { page })}
          </Button>
        )}
      </PaperViewer>
      <aside className={styles.side}>
        {waiting ? <Where scan={scan} deeds={deeds} mayWrite={mayWrite} /> : <Settled scan={scan} deeds={deeds} mayWrite={mayWrite} />}
      </aside>
    </div>
  );
}

type Deeds = ReturnType<typeof useScanDeeds>;

function useScanDeeds({ id }: Scan) {
  const { t } = useTranslation('paper');
  const words = useWords();
  const deed = useScanDeed();
  const tell = (error: unknown) => toast({ text: words.error(error), tone: 'danger' });
  const act = (what: ScanDeed, said: string) => void deed.mutateAsync({ id, deed: what }).then(() => toast({ text: t(said) }), tell);
  const undo = () => act({ is: 'undo' }, 'mailroom.takenBack');
  const file = (claim: string, party?: string) =>
    void deed
      .mutateAsync({ id, deed: { is: 'file', claim, party } })
      .then(() => toast({ text: t('mailroom.filedTo', { claim }), lasts: 12_000, action: { label: t('move.undo'), run: undo } }), tell);
  return { act, file, undo, pending: deed.isPending };
}

function Where({ scan, deeds, mayWrite }: { readonly scan: Scan; readonly deeds: Deeds; readonly mayWrite: boolean }) {
  const { t } = useTranslation('paper');
  const words = useWords();
  const describe = useDescribeScan();
  const [sender, setSender] = useState(scan.sender);
  return (
    <>
      <TextInput
        label={t('mailroom.sender')}
        value={sender}
        disabled={!mayWrite}
        onChange={(event) => setSender(event.currentTarget.value)}
        onBlur={() => sender !== scan.sender && describe.mutate({ id: scan.id, sender })}
      />
      <TextInput
        type="date"
        label={t('mailroom.stamp')}
        defaultValue={scan.receivedOn}
        disabled={!mayWrite}
        onChange={(event) => event.currentTarget.value && describe.mutate({ id: scan.id, receivedOn: event.currentTarget.value })}
      />
      {describe.error && (
        <p role="alert" className={styles.failed}>
          {words.error(describe.error)}
        </p>
      )}
      <h2 className={styles.heading}>{t(scan.suggestions.length > 0 ? 'filing.suggested' : 'filing.none')}</h2>
      <ol className={styles.suggestions}>
        {scan.suggestions.map((one, index) => (
          <li key={one.claim}>
            <Button
              fullWidth
              justify="flex-start"
              variant={index === 0 ? 'filled' : 'default'}
              leftSection={<IconFolderPlus size={15} stroke={1.8} />}
              rightSection={index < 3 && <kbd>{index + 1}</kbd>}
              disabled={!mayWrite || deeds.pending}
              onClick={() => deeds.file(one.claim, one.party?.id)}
            >
              {one.claim}
            </Button>
            <p className={styles.quiet}>
              {[one.party?.name, words.line(one.line), words.stage(one.stage)].filter(Boolean).join(' · ')}
              <br />
              {one.reasons.map(({ kind, value, where }) => t(`reason.${kind}`, { value, where: t(`where.${where}`) })).join('; ')}
            </p>
          </li>
        ))}
      </ol>
      {mayWrite && (
        <>
          <h2 className={styles.heading}>{t('filing.other')}</h2>
          <ClaimSearch title={t('filing.other')} onPick={(claim) => deeds.file(claim)} />
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={15} />}
            onClick={() => deeds.act({ is: 'set-aside', aside: true }, 'mailroom.putAwayDone')}
          >
            {t('mailroom.putAway')}
          </Button>
        </>
      )}
    </>
  );
}

function Settled({ scan, deeds, mayWrite }: { readonly scan: Scan; readonly deeds: Deeds; readonly mayWrite: boolean }) {
  const { t } = useTranslation('paper');
  const filed = scan.state === 'filed';
  return (
    <>
      <p>{filed ? t('mailroom.isFiled', { claim: scan.claim }) : t('mailroom.isAside')}</p>
      {scan.conversation && <GoLink href={hrefs.conversation(scan.conversation)}>{t('move.follow')}</GoLink>}
      {mayWrite && (
        <Button
          leftSection={<IconArrowBackUp size={15} />}
          loading={deeds.pending}
          onClick={() => (filed ? deeds.undo() : deeds.act({ is: 'set-aside', aside: false }, 'mailroom.takenBack'))}
        >
          {t('mailroom.takeBack')}
        </Button>
      )}
    </>
  );
}
