import { useQuery } from '@tanstack/react-query';
import { ScreeningRules } from '#contract';
import { call } from '../api.js';
import { Failure } from '../parts/failure.js';
import { RuleCard } from '../triage/rule-card.js';
import { useTimeline } from './cases.js';

/** Why an application was refused, by which article, and where to turn now: for who applied, in the words of the rules. */
export function RefusalReason({ caseId }: { caseId: string }) {
  const told = useTimeline(caseId);
  const rules = useQuery({ queryKey: ['screening-rules'], queryFn: () => call(ScreeningRules, '/screening-rules'), staleTime: Infinity });
  if (rules.isError) return <Failure of={rules.error} onRetry={() => void rules.refetch()} />;
  const code = told.data?.findLast(({ type }) => type === 'case.refused')?.data['code'];
  const rule = rules.data?.find((one) => one.code === code);
  return rule ? <RuleCard rule={rule} /> : null;
}
