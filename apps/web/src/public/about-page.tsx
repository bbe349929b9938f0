import { ButtonLink, Actions } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { PageHead } from '../parts/page-head.js';
import { Steps } from '../parts/steps.js';
import { useText } from '../words.js';
import { StandingWarnings } from './standing-warnings.js';

const sections = ['what', 'when', 'how', 'cost', 'rights', 'secret'] as const;

/** What mediation is, how it goes, what it costs, what one's rights are: one page, with a list of its parts. */
export function AboutPage() {
  const t = useText('about', 'start');
  return (
    <div className="cols">
      <article>
        <PageHead title={t('about.title')} lead={t('about.lead')} />
        <Section id="what" lines={[t('about.what.1'), t('about.what.2'), t('about.what.3')]} />
        <Section id="when" lines={[t('about.when.yes'), t('about.when.no')]} />
        <h2 id="how">{t('about.how')}</h2>
        <Steps steps={([1, 2, 3, 4, 5, 6, 7] as const).map((at) => named(t(`about.how.${at}`)))} />
        <Section id="cost" lines={[t('about.cost.1'), t('about.cost.2'), t('about.cost.3')]} />
        <h2 id="rights">{t('about.rights')}</h2>
        <ul>
          {([1, 2, 3, 4, 5, 6] as const).map((at) => (
            <li key={at}>{t(`about.rights.${at}`)}</li>
          ))}
        </ul>
        <Section id="secret" lines={[t('about.secret.1'), t('about.secret.2'), t('about.secret.3')]} />
        <Actions>
          <ButtonLink to="/apply">{t('start.begin')}</ButtonLink>
        </Actions>
      </article>
      <aside className="stack">
        <Card kind="note" title={t('about.contents')}>
          <ul>
            {sections.map((id) => (
              <li key={id}>
                <a href={`#${id}`}>{t(`about.${id}`)}</a>
              </li>
            ))}
          </ul>
        </Card>
        <StandingWarnings />
      </aside>
    </div>
  );
}

function Section({ id, lines }: { id: 'what' | 'when' | 'cost' | 'secret'; lines: string[] }) {
  const t = useText('about');
  return (
    <>
      <h2 id={id}>{t(`about.${id}`)}</h2>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  );
}

/** The texts of the steps read "Name: what happens". */
function named(text: string) {
  const [name = '', ...rest] = text.split(': ');
  const story = rest.join(': ');
  return { name, text: story.charAt(0).toLocaleUpperCase() + story.slice(1) };
}
