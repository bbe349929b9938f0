import { useMutation } from '@tanstack/react-query';
import { type Language, languages, ProfileView } from '#contract';
import { call } from '../api.js';
import { useSession } from '../session.js';
import { setLanguage, useLanguage, useText } from '../words.js';
import styles from './language-switch.module.css';

/** Changes the words and nothing else: the page, what is typed and where one is stay. A signed-in person's profile remembers it. */
export function LanguageSwitch() {
  const t = useText();
  const current = useLanguage();
  const session = useSession();
  const remember = useMutation({
    mutationFn: (language: Language) => call(ProfileView, '/people/me', { method: 'PATCH', body: { language } }),
  });
  const choose = (language: Language) => {
    void setLanguage(language);
    if (session) remember.mutate(language);
  };

  return (
    <nav className={styles.languages} aria-label={t('parts.language')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          title={t(`common.${language}`)}
          aria-pressed={language === current}
          onClick={() => choose(language)}
        >
          {t(`parts.language.${language}`)}
        </button>
      ))}
    </nav>
  );
}
