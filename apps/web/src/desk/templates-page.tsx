import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { languages, TemplatePreview } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { Pills } from '../office/pills.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useLanguage, useText } from '../words.js';
import styles from './templates-page.module.css';

/** Every message as its reader gets it, with made-up data. */
export function TemplatesPage() {
  const t = useText('desk', 'notices');
  const shown = useLanguage();
  const [search, setSearch] = useSearchParams();
  const language = languages.find((one) => one === search.get('in')) ?? shown;
  const name = search.get('name') ?? '';
  const asked = new URLSearchParams({ language, ...(name && { name }) });
  const found = useQuery({
    queryKey: ['desk', 'templates', name, language],
    queryFn: () => call(TemplatePreview, `/desk/templates?${asked}`),
    placeholderData: (before) => before,
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const preview = found.data;
  return (
    <>
      <PageHead title={t('desk.templates')} back="/desk/notices" backLabel={t('desk.deliveries')} />
      <p className="muted small">{t('desk.templates.lead')}</p>
      <SelectField
        name="template"
        label={t('desk.templates.which')}
        value={preview.name}
        onChange={(event) => setSearch({ name: event.target.value, in: language }, { replace: true })}
      >
        {preview.names.map((one) => (
          <option key={one} value={one}>
            {t(`notices.${one}` as TextKey<'notices'>, { number: '…', at: '…', until: '…' })}
          </option>
        ))}
      </SelectField>
      <Pills
        label={t('desk.templates.language')}
        pills={languages.map((one) => ({
          to: `?${new URLSearchParams({ name: preview.name, in: one })}`,
          label: t(`common.${one}`),
          isCurrent: one === language,
        }))}
      />
      <Message of={preview} />
    </>
  );
}

function Message({ of: { sender, subject, html, sms, smsParts, push, language } }: { of: TemplatePreview }) {
  const t = useText('desk');
  return (
    <div className={styles.ways}>
      <Card title={t('desk.channel.email')}>
        <p lang={language}>
          <b>{sender}</b>
          <br />
          {subject}
        </p>
        <iframe className={styles.mail} title={t('desk.templates.mail')} sandbox="" srcDoc={html} />
      </Card>
      <div className="stack">
        <Card title={t('desk.channel.sms')}>
          <p lang={language}>{sms}</p>
          <p className="small muted">{t('desk.templates.parts', { count: smsParts })}</p>
        </Card>
        <Card title={t('desk.channel.push')}>
          <p lang={language}>{push}</p>
        </Card>
      </div>
    </div>
  );
}
