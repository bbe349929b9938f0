import { Card } from '../parts/card.js';
import { PhoneLink } from '../parts/help-block.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';

/** What a person has to know wherever they file: data of the house, so that a lawyer may change it without us. */
export function StandingWarnings({ whole = false }: { whole?: boolean }) {
  const t = useText('warnings');
  const language = useLanguage();
  const reference = useReference();
  if (!reference) return null;
  return (
    <>
      <Card title={t('warnings.title')}>
        <ul>
          {reference.warnings.map(({ code, text }) => (
            <li key={code}>{text[language]}</li>
          ))}
        </ul>
      </Card>
      <Card title={t('warnings.emergency')}>
        <ul className="plain">
          {reference.emergency.map(({ number, name }) => (
            <li key={number}>
              <b>
                <PhoneLink number={number} />
              </b>{' '}
              {name[language]}
            </li>
          ))}
        </ul>
      </Card>
      {whole && (
        <Card title={t('warnings.legal')}>
          <ul className="plain">
            {reference.legalAid.map(({ name, phone }) => (
              <li key={name.kk}>
                {name[language]} {phone && <PhoneLink number={phone} />}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
