import { IconMapPin, IconPhone, IconShieldCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { showPhone } from '#contract';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';
import styles from './help-block.module.css';
import { Icon } from './icon.js';

/** The last thing on every public and citizen page, always in this order: phone, come in, is this message real. */
export function HelpBlock() {
  const t = useText();
  const language = useLanguage();
  const house = useReference()?.house;
  return (
    <aside className={styles.help} aria-labelledby="help">
      <div className={`wrap ${styles.columns}`}>
        <div>
          <h2 id="help">{t('parts.help')}</h2>
          <p>{t('parts.help.text')}</p>
        </div>
        <p>
          <Icon of={IconPhone} /> {t('parts.help.phone')}
          <br />
          {house && <PhoneLink number={house.phone} />}
          <br />
          <span className="small muted">{house?.hours[language] ?? t('parts.help.hours')}</span>
        </p>
        <p>
          <Icon of={IconMapPin} /> {t('parts.help.come')}
          <br />
          <span className="small">{t('parts.help.address')}</span>
        </p>
        <p>
          <Icon of={IconShieldCheck} /> {t('parts.help.real')}
          <br />
          <span className="small">{t('parts.help.never')}</span>
          <br />
          <Link to="/check">{t('parts.help.check')}</Link>
        </p>
      </div>
    </aside>
  );
}

export const PhoneLink = ({ number }: { number: string }) => (
  <a className="nw" href={`tel:${number.replace(/[^+\d]/g, '')}`}>
    {showPhone(number)}
  </a>
);
