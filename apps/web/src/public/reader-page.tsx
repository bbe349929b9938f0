import type { FormEvent } from 'react';
import type { TextKey } from '#language';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { PageHead } from '../parts/page-head.js';
import { SideMark } from '../parts/side-mark.js';
import { TurnFlag } from '../parts/status-chip.js';
import { readerChoices, type ReaderSetting, type ReaderSettings, setReader, useReader } from '../reader.js';
import { useText } from '../words.js';
import styles from './reader-page.module.css';

/** The version for the visually impaired: every change shows at once and is kept on this device. */
export function ReaderPage() {
  const t = useText('people');
  const chosen = useReader();
  const change = (event: FormEvent<HTMLFormElement>) => setReader(Object.fromEntries(new FormData(event.currentTarget)) as ReaderSettings);

  return (
    <div className="cols cols--wide">
      <div>
        <PageHead title={t('people.reader.title')} lead={t('people.reader.lead')} />
        <form onChange={change} onSubmit={(event) => event.preventDefault()}>
          {(Object.keys(readerChoices) as ReaderSetting[]).map((setting) => (
            <Choice key={setting} setting={setting} chosen={chosen[setting] ?? ''} />
          ))}
          <Actions>
            <Button tone="second" onClick={() => setReader({})}>
              {t('people.reader.reset')}
            </Button>
          </Actions>
        </form>
      </div>
      <Sample />
    </div>
  );
}

function Choice({ setting, chosen }: { setting: ReaderSetting; chosen: string }) {
  const t = useText('people');
  return (
    <fieldset>
      <legend className={styles.legend}>{t(`people.reader.${setting}`)}</legend>
      <div className={styles.choices}>
        {readerChoices[setting].map((value) => (
          <label key={value} data-look={setting === 'theme' ? value || undefined : undefined}>
            <input type="radio" name={setting} value={value} checked={chosen === value} readOnly onChange={() => undefined} />
            <span>{t(`people.reader.${setting}.${value || 'plain'}` as TextKey<'people'>)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Sample() {
  const t = useText('people');
  return (
    <aside>
      <Card>
        <p className="eyebrow">{t('people.reader.sample')}</p>
        <h2>{t('people.reader.sample.title')}</h2>
        <p>{t('people.reader.sample.text')}</p>
        <p>
          <TurnFlag />
        </p>
        <p>
          <SideMark side="A" />
          <br />
          <SideMark side="B" />
          <br />
          <SideMark side="mediator" />
        </p>
        <p className="small muted" lang="kk">
          ә ғ қ ң ө ұ ү һ і · Ә Ғ Қ Ң Ө Ұ Ү Һ І · 486 000 ₸
        </p>
      </Card>
    </aside>
  );
}
