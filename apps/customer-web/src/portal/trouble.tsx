import type { Refusal } from './call';
import { useWords } from './language';
import { Button, Card } from './ui';
import { WORDS } from './words';

/** Why a link opens nothing, by the code of the refusal. */
export type Trouble = 'expired' | 'used' | 'wrong' | 'busy' | 'no-page';

const OF_CODE: Readonly<Record<string, Trouble>> = {
  'link-expired': 'expired',
  'link-used': 'used',
  'link-wrong': 'wrong',
  'not-found': 'wrong',
  'too-many-requests': 'busy',
};

/** What to say where a link opens nothing. */
export function TroubleCard({ trouble }: { readonly trouble: Trouble }) {
  const words = useWords(WORDS);
  const texts: Readonly<Record<Trouble, readonly [title: string, text: string]>> = {
    expired: [words.expiredTitle, words.expired],
    used: [words.usedTitle, words.used],
    wrong: [words.wrongTitle, words.wrong],
    busy: [words.busyTitle, words.busy],
    'no-page': [words.noPageTitle, words.wrong],
  };
  const [title, text] = texts[trouble];
  return (
    <Card title={title}>
      <p>{text}</p>
      <p>
        <a href="/portal">{words.toHome}</a>
      </p>
    </Card>
  );
}

/** What to say where the hub refused or was not reached. */
export function RefusalCard({ refusal, again }: { readonly refusal: Refusal; readonly again: () => void }) {
  const words = useWords(WORDS);
  const trouble = OF_CODE[refusal.code];
  if (trouble) return <TroubleCard trouble={trouble} />;
  return (
    <Card>
      <p role="alert">{words.offline}</p>
      <Button onClick={again}>{words.again}</Button>
    </Card>
  );
}
