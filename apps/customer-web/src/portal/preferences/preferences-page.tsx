import { useState, type FormEvent } from 'react';
import type { PortalChoices, PortalChoose } from '@claimline/protocol';
import { call, Refusal } from '../call';
import { fill, useLanguage, useWords, type Language } from '../language';
import { Loading } from '../link-page';
import type { PageProps } from '../pages';
import { RefusalCard } from '../trouble';
import { Button, Card, Note } from '../ui';
import { useAnswer } from '../use-answer';
import { consentsOf, tickOf, ticksOf, type Ticks } from './changes';
import styles from './preferences.module.css';
import { PREFERENCE_WORDS } from './words';

type Hours = PortalChoices['hours'];

/** How a customer is written to, seen and changed by themselves. */
export default function PreferencesPage({ token }: PageProps) {
  const path = `preferences/${token}/choices`;
  const { answer, refusal, again } = useAnswer(path, () => call<PortalChoices>('GET', path));
  if (refusal && !answer) return <RefusalCard refusal={refusal} again={again} />;
  if (!answer) return <Loading />;
  return <Form choices={answer} path={path} />;
}

function Form({ choices: shown, path }: { readonly choices: PortalChoices; readonly path: string }) {
  const words = useWords(PREFERENCE_WORDS);
  const { speak } = useLanguage();
  const [choices, setChoices] = useState(shown);
  const [language, setLanguage] = useState<Language>(shown.language);
  const [ticks, setTicks] = useState<Ticks>(() => ticksOf(shown));
  const [hours, setHours] = useState<Hours>(shown.hours);
  const [favourite, setFavourite] = useState(shown.favourites[0] ?? '');
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setSaved(false);
    const consents = consentsOf(choices, ticks);
    const body: PortalChoose = {
      language,
      hours,
      favourites: favourite ? [favourite] : [],
      consents,
      electronicVersion: choices.electronic.version,
    };
    await call<PortalChoices>('POST', path, body)
      .then((now) => {
        setChoices(now);
        setTicks(ticksOf(now));
        setSaved(true);
        setRefusal(undefined);
        speak(language);
      })
      .catch((error: unknown) => setRefusal(error instanceof Refusal ? error : new Refusal('offline')))
      .finally(() => setBusy(false));
  };
  if (refusal && refusal.code !== 'invalid') return <RefusalCard refusal={refusal} again={() => setRefusal(undefined)} />;
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      <Card title={words.title}>
        <p>{words.why}</p>
        <fieldset className={styles.group}>
          <legend>{words.language}</legend>
          <div className={styles.choice}>
            {(['zh-CN', 'en'] as const).map((one) => (
              <label key={one} className={styles.check}>
                <input type="radio" name="language" checked={language === one} onChange={() => setLanguage(one)} />
                {words.languages[one]}
              </label>
            ))}
          </div>
        </fieldset>
      </Card>
      <Card title={words.ways} level={2}>
        {choices.ways.length === 0 && <p>{words.nothing}</p>}
        {choices.ways.map((way) => (
          <WayChoice key={`${way.address} ${way.channel}`} way={way} ticks={ticks} onTick={setTicks} />
        ))}
        {choices.ways.some(({ channel }) => channel === 'twilio-sms') && <Note>{words.carrier}</Note>}
        <label className={styles.select}>
          {words.favourite}
          <select value={favourite} onChange={(event) => setFavourite(event.target.value)}>
            <option value="">{words.noFavourite}</option>
            {[...new Map(choices.ways.map(({ channel, title }) => [channel, title])).entries()].map(([channel, title]) => (
              <option key={channel} value={channel}>
                {words.channels[channel] ?? title}
              </option>
            ))}
          </select>
        </label>
      </Card>
      <HoursChoice hours={hours} zone={choices.timeZone} onHours={setHours} />
      <ElectronicChoice choices={choices} ticks={ticks} onTick={setTicks} />
      <Button type="submit" busy={busy}>
        {words.save}
      </Button>
      {saved && <Note tone="good">{words.saved}</Note>}
      {refusal?.code === 'invalid' && <Note tone="danger">{refusal.fields.map(({ problem }) => problem).join(' · ')}</Note>}
    </form>
  );
}

interface TickProps {
  readonly ticks: Ticks;
  readonly onTick: (ticks: Ticks) => void;
}

function WayChoice({ way, ticks, onTick }: TickProps & { readonly way: PortalChoices['ways'][number] }) {
  const words = useWords(PREFERENCE_WORDS);
  return (
    <fieldset className={styles.group}>
      <legend>
        {words.channels[way.channel] ?? way.title}
        {/\w/.test(way.to) && ` · ${way.to}`}
      </legend>
      {way.purposes
        .filter(({ purpose }) => purpose !== 'electronic_notices')
        .map(({ purpose }) => (
          <Tick key={purpose} name={tickOf(way, purpose)} label={words.purposes[purpose]} ticks={ticks} onTick={onTick} />
        ))}
    </fieldset>
  );
}

function Tick({ name, label, ticks, onTick }: TickProps & { readonly name: string; readonly label: string }) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={ticks[name] ?? false} onChange={(event) => onTick({ ...ticks, [name]: event.target.checked })} />
      {label}
    </label>
  );
}

/** The zone as people call it. */
const zoneName = (timeZone: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(0).find(({ type }) => type === 'timeZoneName')
    ?.value ?? timeZone;

function HoursChoice({ hours, zone, onHours }: { readonly hours: Hours; readonly zone: string; readonly onHours: (hours: Hours) => void }) {
  const words = useWords(PREFERENCE_WORDS);
  const { language } = useLanguage();
  return (
    <Card title={words.hours} level={2}>
      <label className={styles.check}>
        <input type="checkbox" checked={hours.anyHour} onChange={(event) => onHours({ ...hours, anyHour: event.target.checked })} />
        {words.anyHour}
      </label>
      {!hours.anyHour && (
        <div className={styles.times}>
          <label>
            {words.from}
            <input
              type="time"
              required
              value={hours.quietFrom}
              onChange={(event) => onHours({ ...hours, quietFrom: event.target.value })}
            />
          </label>
          <label>
            {words.to}
            <input type="time" required value={hours.quietTo} onChange={(event) => onHours({ ...hours, quietTo: event.target.value })} />
          </label>
        </div>
      )}
      <p>{fill(words.zone, { zone: zoneName(zone, language) })}</p>
    </Card>
  );
}

function ElectronicChoice({ choices, ticks, onTick }: TickProps & { readonly choices: PortalChoices }) {
  const words = useWords(PREFERENCE_WORDS);
  const ways = choices.ways.filter((way) => way.purposes.some(({ purpose }) => purpose === 'electronic_notices'));
  if (ways.length === 0) return null;
  return (
    <Card title={words.electronic} level={2}>
      <p>{choices.electronic.words}</p>
      {ways.map((way) => (
        <Tick
          key={way.address}
          name={tickOf(way, 'electronic_notices')}
          label={`${words.agree} · ${way.to}`}
          ticks={ticks}
          onTick={onTick}
        />
      ))}
    </Card>
  );
}
