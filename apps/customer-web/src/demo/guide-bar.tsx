import { useState } from 'react';
import { useCustomerActs } from './customer-acts';
import { GUIDE } from './guide';
import styles from './guide-bar.module.css';
import { ScenesMenu } from './scenes-menu';
import { useStage } from './stage';
import { fill } from './words';

const CUT_SECONDS = 8;

/** One sentence: what to do next and what to look at. At the end, three things that usually go wrong elsewhere. */
export function GuideBar({ onShowClaim }: { readonly onShowClaim: () => void }) {
  const { guide, words, language } = useStage();
  const { step, index } = guide;
  const isLast = step.target === 'extras';
  return (
    <div className={styles.guide}>
      <span className={styles.count}>{fill(words.step, { n: Math.min(index + 1, GUIDE.length - 1), all: GUIDE.length - 1 })}</span>
      <p className={styles.text} aria-live="polite">
        {step.text[language]}
      </p>
      {step.target === 'why' && (
        <button
          type="button"
          className={styles.primary}
          data-next
          onClick={() => {
            onShowClaim();
            guide.did('why');
          }}
        >
          {language === 'en' ? 'Why?' : '为什么？'}
        </button>
      )}
      {isLast && <Extras />}
      <ScenesMenu />
      <button type="button" className={styles.quiet} onClick={isLast ? guide.restart : guide.skip}>
        {isLast ? words.restart : words.skip}
      </button>
    </div>
  );
}

function Extras() {
  const { world, words, tell, open } = useStage();
  const acts = useCustomerActs();
  const [isCut, setCut] = useState(false);
  const resend = async (): Promise<void> => {
    open('wechat');
    const answers = await acts.resend('请问定损什么时候能完成？');
    tell(fill(words.resent, { answers: answers.join(', ') }));
  };
  const cut = async (): Promise<void> => {
    setCut(true);
    await world.cutNetwork(CUT_SECONDS);
    tell(fill(words.cutting, { seconds: CUT_SECONDS }));
    open('wechat');
    setTimeout(() => void acts.wechat('我又补拍了一张，等下发您'), 2_000);
    setTimeout(() => {
      setCut(false);
      tell(words.healed);
    }, CUT_SECONDS * 1_000);
  };
  const ring = (): void => {
    open('call');
    void world.act('twilio-voice', { do: 'call', from: world.customer.phone }).catch((error: unknown) => tell(String(error)));
  };
  return (
    <>
      <button type="button" onClick={() => void resend()}>
        {words.resend}
      </button>
      <button type="button" disabled={isCut} onClick={() => void cut()}>
        {words.cut}
      </button>
      <button type="button" onClick={ring}>
        {words.ring}
      </button>
    </>
  );
}
