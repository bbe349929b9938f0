import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { ChangeProfile, type Language, languages, ProfileView } from '#contract';
import { fullName } from '#language';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { QuestionPage } from '../parts/question-page.js';
import { SummaryList } from '../parts/summary-list.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { setLanguage, useText } from '../words.js';

export const profileKey = ['profile'];

/** What the cabinet knows about the person, and the ways to change it. */
export function ProfilePage() {
  const t = useText('people', 'auth', 'centre');
  const [isEditing, setEditing] = useState(false);
  const found = useQuery({ queryKey: profileKey, queryFn: () => call(ProfileView, '/people/me') });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  if (isEditing) return <EditProfile profile={found.data} onDone={() => setEditing(false)} />;
  const me = found.data;

  return (
    <div className="cols">
      <div>
        <PageHead title={t('people.title')} />
        <SummaryList
          rows={[
            { label: t('people.me.names'), value: fullName(me), onChange: () => setEditing(true) },
            { label: t('people.me.language'), value: t(`common.${me.language}`), onChange: () => setEditing(true) },
            { label: t('people.me.iin'), value: me.iin ?? t('common.none'), onChange: () => setEditing(true) },
            { label: t('people.me.phone'), value: me.phone ?? t('common.none'), change: '/profile/contact' },
            { label: t('people.me.email'), value: me.email ?? t('common.none'), change: '/profile/contact' },
            { label: t('people.me.assurance'), value: t(`people.me.assurance.${me.assurance}`) },
          ]}
        />
      </div>
      <aside className="stack">
        <Card title={t('people.me.safety')}>
          <p>
            {t(me.hasPassword ? 'people.me.password.has' : 'people.me.password.none')}.{' '}
            <Link to="/password">{t('auth.password.reset')}</Link>
          </p>
          <p>
            {t(me.hasSecondFactor ? 'people.me.second.has' : 'people.me.second.none')}.{' '}
            {!me.hasSecondFactor && <Link to="/second-factor">{t('auth.setup.finish')}</Link>}
          </p>
          <p>
            <Link to="/profile/notices">{t('centre.settings.open')}</Link>
          </p>
          <p>
            <Link to="/sessions">{t('people.sessions.title')}</Link>
          </p>
        </Card>
        <Card kind="note" title={t('parts.reader')}>
          <ButtonLink tone="second" small to="/reader">
            {t('parts.reader.short')}
          </ButtonLink>
        </Card>
      </aside>
    </div>
  );
}

function EditProfile({ profile, onDone }: { profile: ProfileView; onDone: () => void }) {
  const t = useText('people', 'auth');
  const cache = useQueryClient();
  const { complaints, attempt, check, take } = useComplaints({ iin: 'iin' });
  const saving = useMutation({
    mutationFn: (body: ChangeProfile) => call(ProfileView, '/people/me', { method: 'PATCH', body }),
    onSuccess: async (saved) => {
      cache.setQueryData(profileKey, saved);
      await setLanguage(saved.language);
      onDone();
    },
    onError: take,
  });
  const send = (form: FormData) => {
    const { iin, ...typed } = Object.fromEntries(form);
    const read = check(ChangeProfile, { ...typed, ...(iin && { iin }) });
    if (read) saving.mutate(read);
  };
  return (
    <QuestionPage
      title={t('people.me.change')}
      back="/profile"
      {...{ complaints, attempt }}
      refusal={saving.error}
      busy={saving.isPending}
      send={t('common.save')}
      onSend={send}
    >
      <TextField name="surname" label={t('auth.surname')} complaint={complaints['surname']} defaultValue={profile.surname} maxLength={80} />
      <TextField name="given" label={t('auth.given')} complaint={complaints['given']} defaultValue={profile.given} maxLength={80} />
      <TextField
        name="patronymic"
        optional
        label={t('auth.patronymic')}
        complaint={complaints['patronymic']}
        defaultValue={profile.patronymic}
        maxLength={80}
      />
      <TextField
        name="iin"
        optional
        width="middle"
        label={t('people.me.iin')}
        hint={t('people.me.iin.hint')}
        complaint={complaints['iin']}
        inputMode="numeric"
        autoComplete="off"
      />
      <SelectField name="language" width="middle" label={t('people.me.language')} defaultValue={profile.language satisfies Language}>
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {t(`common.${language}`)}
          </option>
        ))}
      </SelectField>
    </QuestionPage>
  );
}
