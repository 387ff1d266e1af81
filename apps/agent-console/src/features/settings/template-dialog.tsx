import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { templateName, useMayConfigure } from '../../ui';
import styles from './settings-page.module.css';
import { TemplateEditor } from './template-editor';
import type { TemplatePair } from './template-pairs';
import { TemplatePreview } from './template-preview';
import { useTemplateDrafts } from './use-template-drafts';

interface TemplateDialogProps {
  readonly opened: boolean;
  readonly pair: TemplatePair | null;
  readonly onClose: () => void;
}

/** One text in both languages: changed, seen on a real conversation as it is written, published with one press. */
export function TemplateDialog({ opened, pair, onClose }: TemplateDialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened={opened && pair !== null}
      onClose={onClose}
      size="min(1080px, 96vw)"
      title={templateName(pair?.title ?? '')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {pair && <Texts key={pair.code} pair={pair} />}
    </Modal>
  );
}

function Texts({ pair }: { readonly pair: TemplatePair }) {
  const { t } = useTranslation('settings');
  const mayConfigure = useMayConfigure();
  const { drafts, problems, changed, publishing, write, publish, goBack } = useTemplateDrafts(pair);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void publish();
      }}
    >
      <div className={styles.editors}>
        {(['zh-CN', 'en'] as const).map((language) => (
          <TemplateEditor
            key={language}
            pair={pair}
            language={language}
            draft={drafts[language]}
            onChange={(draft) => write(language, draft)}
            onGoBack={(version) => void goBack(version)}
            problem={problems[language] ?? null}
          />
        ))}
      </div>
      <TemplatePreview pair={pair} drafts={drafts} />
      {mayConfigure && (
        <div className={styles.publish}>
          <Button type="submit" variant="filled" disabled={changed.length === 0} loading={publishing}>
            {changed.length === 2 ? t('templates.publishBoth') : t('templates.publish')}
          </Button>
        </div>
      )}
    </form>
  );
}
