import { Actions, ButtonLink } from '../parts/button.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';
import { Frame } from './frame.js';

export function NotFoundPage({ framed = false }: { framed?: boolean }) {
  const t = useText();
  const page = (
    <>
      <PageHead title={t('parts.notFound.title')} />
      <p>{t('parts.notFound.text')}</p>
      <Actions>
        <ButtonLink to="/">{t('parts.toStart')}</ButtonLink>
      </Actions>
    </>
  );
  return framed ? <Frame route={{ frame: 'public' }}>{page}</Frame> : page;
}
