import { Link } from 'react-router';
import { PageHead } from '../parts/page-head.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';

export function PrivacyPage() {
  const t = useText('about', 'audit', 'reports');
  const language = useLanguage();
  const consents = useReference()?.consents ?? [];
  return (
    <article className="narrow">
      <PageHead title={t('about.privacy.title')} lead={t('about.privacy.lead')} />
      <h2>{t('about.privacy.what')}</h2>
      <p>{t('about.privacy.what.1')}</p>
      <p>{t('about.privacy.what.2')}</p>
      <h2>{t('about.privacy.who')}</h2>
      <p>{t('about.privacy.who.1')}</p>
      <p>{t('about.privacy.who.2')}</p>
      <h2>{t('about.privacy.rights')}</h2>
      <p>{t('about.privacy.rights.1')}</p>
      <p>{t('about.privacy.rights.2')}</p>
      <p>
        <Link to="/audit">{t('audit.title')}</Link>
      </p>
      <p>
        <Link to="/scorecard">{t('reports.scorecard.title')}</Link>
      </p>
      {consents.map(({ document, version, text }) => (
        <section key={document} id={document}>
          <h2>{t('about.privacy.text')}</h2>
          <p>{text[language]}</p>
          <p className="small muted">{t('about.privacy.version', { version })}</p>
        </section>
      ))}
    </article>
  );
}
