import { useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate } from 'react-router';
import { carriedFrom, ScreeningRules, triage, triageEnds } from '#contract';
import { call } from '../api.js';
import { beginDraft } from '../application/new-draft.js';
import { Actions, Button, ButtonLink } from '../parts/button.js';
import { PageHead } from '../parts/page-head.js';
import { QuickExit } from '../parts/quick-exit.js';
import { WhoSees } from '../parts/who-sees.js';
import { StandingWarnings } from '../public/standing-warnings.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { answersGiven, nextPath, startAgain } from './triage-answers.js';
import { RuleCard } from './rule-card.js';

/** Where the answers lead, why, and what to do next: also when mediation is not possible. */
export function TriageEndPage() {
  const t = useText('triage');
  const rules = useQuery({ queryKey: ['screening-rules'], queryFn: () => call(ScreeningRules, '/screening-rules'), staleTime: Infinity });
  const reached = triage(answersGiven());
  if ('ask' in reached) return <Navigate replace to={nextPath()} />;
  const { end, rule: code } = reached.row;
  const rule = rules.data?.find((one) => one.code === code);
  const isSafety = end === 'safe';
  return (
    <>
      {isSafety && <QuickExit />}
      <div className="cols">
        <div>
          <PageHead
            title={t(`triage.end.${end}`)}
            tabTitle={isSafety ? t('triage.safety.tab') : t(`triage.end.${end}`)}
            lead={t(`triage.end.${end}.text`)}
          />
          {rule && <RuleCard rule={rule} />}
          <Actions>
            {triageEnds[end].map((act, at) => (
              <Act key={act} act={act} tone={at === 0 ? 'primary' : 'second'} />
            ))}
            <ButtonLink tone="quiet" to="/triage" onClick={startAgain}>
              {t('triage.again')}
            </ButtonLink>
          </Actions>
        </div>
        <aside className="stack">
          <WhoSees>{t('triage.secret')}</WhoSees>
          {(isSafety || end === 'not_possible' || end === 'no_other_side') && <StandingWarnings whole />}
        </aside>
      </div>
    </>
  );
}

type Act = (typeof triageEnds)[keyof typeof triageEnds][number];
const addresses: Record<Exclude<Act, 'file'>, string> = { consult: '/consultation?from=triage', aid: '/warnings', letter: '/i' };

function Act({ act, tone }: { act: Act; tone: 'primary' | 'second' }) {
  const t = useText('triage');
  const session = useSession();
  const navigate = useNavigate();
  if (act !== 'file')
    return (
      <ButtonLink tone={tone} to={addresses[act]}>
        {t(`triage.act.${act}`)}
      </ButtonLink>
    );
  const file = () => {
    beginDraft(carriedFrom(answersGiven()));
    void navigate(session ? '/apply/new' : '/register?next=/apply/new');
  };
  return (
    <Button tone={tone} onClick={file}>
      {t('triage.act.file')}
    </Button>
  );
}
