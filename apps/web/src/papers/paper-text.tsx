import { useState } from 'react';
import { languages, type PaperView } from '#contract';
import { useLanguage, useText } from '../words.js';
import styles from './paper.module.css';

/** The text in the reader's language, and in the others it has: all of it is what is confirmed. */
export function PaperText({ paper: { text, kind } }: { paper: PaperView }) {
  const t = useText('papers');
  const own = useLanguage();
  const [asked, setAsked] = useState<string | null>(null);
  const present = languages.filter((language) => text[language]);
  const shown = present.find((language) => language === (asked ?? own)) ?? 'kk';

  return (
    <section aria-label={t(`papers.${kind}`)}>
      <fieldset className={styles.languages} aria-label={t('papers.textIn')}>
        {present.map((language) => (
          <button key={language} type="button" lang={language} aria-pressed={language === shown} onClick={() => setAsked(language)}>
            {t(`common.${language}`)}
          </button>
        ))}
      </fieldset>
      {shown === 'en' && <p className="small muted">{t('papers.forInformation')}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by the keyboard */}
      <div className={styles.text} lang={shown} tabIndex={0}>
        {text[shown]}
      </div>
    </section>
  );
}
