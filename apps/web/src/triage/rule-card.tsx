import type { ScreeningRules } from '#contract';
import type { TextKey } from '#language';
import { Card } from '../parts/card.js';
import { useLanguage, useText } from '../words.js';

/** Why, by which article, and what one can do next: in the words of the rules. */
export function RuleCard({ rule: { text, nextStep, articles } }: { rule: ScreeningRules[number] }) {
  const t = useText('triage');
  const language = useLanguage();
  const nameOf = (act: string) => (act === 'mediation_law' ? 'triage.article' : `triage.article.${act}`) as TextKey<'triage'>;
  return (
    <Card title={t('triage.rule')}>
      <p>{text[language]}</p>
      {articles.map(({ act, article, confirmed }) => (
        <p key={act + article} className="small muted">
          {t(nameOf(act), { article })}
          {!confirmed && ` (${t('triage.article.unconfirmed')})`}
        </p>
      ))}
      <NextStep of={nextStep[language]} after={text[language]} />
    </Card>
  );
}

/** Some rules name the next step in their own words already. */
function NextStep({ of, after }: { of: string; after: string }) {
  const t = useText('triage');
  const label = t('triage.next');
  if (after.includes(label)) return null;
  return (
    <p>
      {!of.startsWith(label) && <b>{label}: </b>}
      {of}
    </p>
  );
}
