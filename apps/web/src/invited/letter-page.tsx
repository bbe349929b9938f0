import { useParams } from 'react-router';
import { NotFoundPage } from '../layout/not-found-page.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';
import { OpenLetter } from './open-letter.js';

const looksLikeCode = /^[0-9a-z]{4}[- ]?[0-9a-z]{4}$/i;

/** The short address of a letter, /i/7K4M-29QX. It opens nothing by itself: mail scanners follow addresses, people press buttons. */
export function LetterPage() {
  const t = useText('invited');
  const { code } = useParams();
  if (code !== undefined && !looksLikeCode.test(code)) return <NotFoundPage />;
  return (
    <div className="narrow">
      <PageHead title={t('invited.title')} />
      <OpenLetter code={code ?? ''} />
    </div>
  );
}
