import { IconCircleCheck } from '@tabler/icons-react';
import { noticeKinds, type NoticeSettings, SaveNoticeSettings } from '#contract';
import { useComplaints } from '../complaints.js';
import { Notice } from '../parts/banner.js';
import { Failure } from '../parts/failure.js';
import { CheckCards } from '../parts/option-cards.js';
import { QuestionPage } from '../parts/question-page.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import styles from './settings-page.module.css';
import { ThisDevice } from './this-device.js';
import { useNoticeSettings, useSaveNoticeSettings } from './use-settings.js';

/** What one wants to hear of besides what the law asks for, by which way, and when not. */
export function NoticeSettingsPage() {
  const found = useNoticeSettings();
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return <SettingsForm settings={found.data} />;
}

function SettingsForm({ settings: { hours, wishes, reach } }: { settings: NoticeSettings }) {
  const t = useText('centre');
  const saving = useSaveNoticeSettings();
  const { complaints, attempt, check, take } = useComplaints();
  const send = (form: FormData) => {
    const wanted = noticeKinds.flatMap((kind) => reach.map((channel) => ({ kind, channel, wanted: form.getAll(kind).includes(channel) })));
    const { zone, quietFrom, quietTo } = Object.fromEntries(form);
    const read = check(SaveNoticeSettings, { hours: { zone, quietFrom, quietTo }, wishes: wanted });
    if (read) saving.mutate(read, { onError: take });
  };
  return (
    <QuestionPage
      title={t('centre.settings.title')}
      intro={t('centre.settings.lead')}
      back="/profile"
      {...{ complaints, attempt }}
      refusal={saving.error}
      busy={saving.isPending}
      send={t('centre.settings.save')}
      onSend={send}
      below={<div aria-live="polite">{saving.isSuccess && <Notice icon={IconCircleCheck}>{t('centre.settings.saved')}</Notice>}</div>}
      aside={<ThisDevice />}
    >
      <div className={styles.kinds}>
        {noticeKinds.map((kind) => (
          <CheckCards
            key={kind}
            name={kind}
            legend={t(`centre.settings.${kind}`)}
            options={reach.map((channel) => ({ value: channel, label: t(`centre.settings.${channel}`) }))}
            chosen={wishes.filter((wish) => wish.kind === kind && wish.wanted).map(({ channel }) => channel)}
          />
        ))}
      </div>
      <QuietHours {...hours} />
    </QuestionPage>
  );
}

function QuietHours({ zone, quietFrom, quietTo }: NoticeSettings['hours']) {
  const t = useText('centre');
  return (
    <fieldset aria-describedby="quiet-hint">
      <legend className={styles.legend}>{t('centre.settings.quiet')}</legend>
      <p className="small muted" id="quiet-hint">
        {t('centre.settings.quiet.hint')}
      </p>
      <div className={styles.hours}>
        <TextField name="quietFrom" type="time" label={t('centre.settings.from')} defaultValue={quietFrom} required />
        <TextField name="quietTo" type="time" label={t('centre.settings.to')} defaultValue={quietTo} required />
      </div>
      <SelectField name="zone" width="middle" label={t('centre.settings.zone')} defaultValue={zone}>
        {zonesWith(zone).map((one) => (
          <option key={one} value={one}>
            {one.replaceAll('_', ' ')}
          </option>
        ))}
      </SelectField>
    </fieldset>
  );
}

/** Every zone that the browser knows; the one that is set also when it does not. */
const zonesWith = (zone: string) =>
  [...new Set([zone, ...Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/'))])].toSorted();
