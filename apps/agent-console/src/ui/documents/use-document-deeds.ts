import type { DocumentItem } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useDocumentAct, type DocumentAct } from '../../client';
import { useWords, type Locale } from '../../locales';
import { toast } from '../toasts';

/** What an item is called in the language of the screen. */
export const labelOf = (item: Pick<DocumentItem, 'label'>, language: string): string =>
  item.label[(language as Locale) === 'zh-CN' ? 'zh-CN' : 'en'];

/** Does things with a claim's documents; each says what was done and can be taken back in one step. */
export function useDocumentDeeds(number: string) {
  const { t } = useTranslation('documents');
  const words = useWords();
  const { mutateAsync } = useDocumentAct(number);
  const problem = (error: unknown) => toast({ text: words.error(error), tone: 'danger' });
  const undo = (steps: readonly string[]) => mutateAsync({ do: 'undo', steps }).then(() => toast({ text: t('undone') }), problem);
  return (act: DocumentAct, said: string): Promise<boolean> =>
    mutateAsync(act).then(
      ({ steps }) => {
        toast({ text: said, action: { label: t('undo'), run: () => void undo(steps) } });
        return true;
      },
      (error: unknown) => {
        problem(error);
        return false;
      },
    );
}
