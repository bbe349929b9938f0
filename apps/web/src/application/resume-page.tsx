import { Navigate, useParams } from 'react-router';
import { Failure } from '../parts/failure.js';
import { Waiting } from '../parts/waiting.js';
import { useApplication } from './application.js';
import { stepOf } from './question-step-page.js';
import { steps } from './steps.js';

/** /apply/CASE: back to the first question without an answer, or to the answers when there is none. */
export function ResumePage() {
  const { caseId = '' } = useParams();
  const found = useApplication(caseId);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const missing = Object.keys(found.data.missing).map((field) => stepOf(field));
  const first = found.data.state === 'RETURNED' ? undefined : steps.find((step) => missing.includes(step));
  return <Navigate replace to={`/apply/${caseId}/${first?.id ?? 'check'}`} />;
}
