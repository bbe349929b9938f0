import { Link } from 'react-router';
import { OpenLetter } from '../invited/open-letter.js';
import { ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { FactList } from '../parts/fact-list.js';
import { OrnamentLine } from '../parts/ornament-line.js';
import { usePageTitle } from '../parts/page-title.js';
import { Rich } from '../parts/rich.js';
import { SideMark } from '../parts/side-mark.js';
import { Steps } from '../parts/steps.js';
import { useText } from '../words.js';
import hero from './hero.svg';
import { Kinds } from './kinds.js';
import styles from './start-page.module.css';

/** Before any account: what it is, what it costs, how long it takes, what one needs, and the other ways in. */
export function StartPage() {
  const t = useText('start');
  const heading = usePageTitle(t('start.tab'));
  return (
    <>
      <section className={styles.hero}>
        <div className={`wrap ${styles.inside}`}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {t('start.title')}
          </h1>
          <p className={`lead ${styles.lead}`}>
            <Rich>{t('start.lead')}</Rich>
          </p>
          <div className={`row ${styles.ways}`}>
            <ButtonLink wide to="/apply">
              {t('start.begin')}
            </ButtonLink>
            <ButtonLink wide tone="second" to="/i">
              {t('start.haveCode')}
            </ButtonLink>
            <ButtonLink wide tone="quiet" to="/triage">
              {t('start.fit')}
            </ButtonLink>
            <ButtonLink wide tone="quiet" to="/consultation">
              {t('start.consult')}
            </ButtonLink>
          </div>
          <p className="small muted">{t('start.after')}</p>
        </div>
        <img className={styles.art} src={hero} alt="" />
      </section>
      <OrnamentLine />
      <div className="wrap">
        <div className={styles.facts}>
          <FactList
            facts={(['cost', 'fill', 'term', 'seen'] as const).map((one) => ({
              label: t(`start.fact.${one}`),
              value: t(`start.fact.${one}.value`),
            }))}
          />
        </div>
        <div className={`cols ${styles.body}`}>
          <Story />
          <div className="stack">
            <OpenLetter />
            <WhoSeesWhat />
          </div>
        </div>
      </div>
    </>
  );
}

function Story() {
  const t = useText('start');
  return (
    <div>
      <h2>{t('start.how')}</h2>
      <Steps steps={([1, 2, 3, 4, 5] as const).map((at) => ({ name: t(`start.how.${at}`), text: t(`start.how.${at}.text`) }))} />
      <p>
        <Link to="/about">{t('parts.nav.about')}</Link>
      </p>
      <h2>{t('start.kinds')}</h2>
      <Kinds />
      <p className="muted">{t('start.kinds.not')}</p>
      <h2>{t('start.need')}</h2>
      <ul>
        <li>{t('start.need.iin')}</li>
        <li>{t('start.need.other')}</li>
        <li>{t('start.need.dates')}</li>
      </ul>
    </div>
  );
}

function WhoSeesWhat() {
  const t = useText('start');
  return (
    <Card title={t('start.seen')}>
      <ul className={`plain ${styles.seen}`}>
        <li>
          <SideMark side="mediator">{t('start.seen.joint')}</SideMark>
          <span>{t('start.seen.joint.text')}</span>
        </li>
        <li>
          <SideMark side="A">{t('start.seen.own')}</SideMark>
          <span>{t('start.seen.own.text')}</span>
        </li>
        <li>
          <b>{t('start.seen.office')}</b>
          <span>{t('start.seen.office.text')}</span>
        </li>
      </ul>
    </Card>
  );
}
