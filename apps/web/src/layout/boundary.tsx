import { Component, type ReactNode } from 'react';
import { Actions, Button, ButtonLink } from '../parts/button.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';

/** A page that breaks, or whose file did not arrive, leaves the head and the help standing. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError = () => ({ broken: true });

  override render() {
    return this.state.broken ? <BrokenPage /> : this.props.children;
  }
}

function BrokenPage() {
  const t = useText();
  return (
    <>
      <PageHead title={t('parts.crash.title')} />
      <p>{t(navigator.onLine ? 'parts.crash.text' : 'errors.offline')}</p>
      <Actions>
        <Button onClick={() => location.reload()}>{t('common.retry')}</Button>
        <ButtonLink tone="quiet" to="/" reloadDocument>
          {t('parts.toStart')}
        </ButtonLink>
      </Actions>
    </>
  );
}
