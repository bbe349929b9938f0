import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { FileList, FileView, type FilePurpose, type Side } from '#contract';
import { call } from '../api.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { WhoSees } from '../parts/who-sees.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { FileItem } from './file-item.js';
import { FilePicker } from './file-picker.js';
import styles from './files.module.css';

type Props = {
  caseId: string;
  /** What may be added here; nothing without it. */
  adds?: Exclude<FilePurpose, 'room'>;
  /** Whose, where the desk adds it. */
  side?: Side;
  purposes?: FilePurpose[];
  /** What is asked before one is added. */
  children?: ReactNode;
};

/** Files of a case that its reader may see, with who else sees each, and the way to add one. */
export function CaseFiles({ caseId, adds, side, purposes = ['application', 'power'], children }: Props) {
  const t = useText('files');
  const cache = useQueryClient();
  const key = ['files', caseId];
  const found = useQuery({ queryKey: key, queryFn: () => call(FileList, `/cases/${caseId}/files`) });
  const files = (found.data?.files ?? []).filter(({ purpose }) => purposes.includes(purpose));
  if (!adds && files.length === 0) return null;
  const refresh = () => void cache.invalidateQueries({ queryKey: key });
  return (
    <Card title={t(adds === 'application' ? 'files.of.application' : adds === 'power' ? 'files.of.power' : 'files.of.case')}>
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {files.length > 0 && (
        <ul className={styles.files}>
          {files.map((file) => (
            <FileItem key={file.id} file={file}>
              <WhoSees>
                {t(`files.who.${file.purpose === 'power' && file.audience === 'side' ? 'power' : (file.audience as 'side')}`)}
              </WhoSees>
              <FileActs file={file} onDone={refresh} />
            </FileItem>
          ))}
        </ul>
      )}
      {adds === 'application' && files.length === 0 && <p className="small">{t('files.hint.application')}</p>}
      {children}
      {adds && (
        <FilePicker
          key={side}
          place={{ purpose: adds, caseId, ...(side ? { side } : {}) }}
          label={t(`files.add.${adds}`)}
          used={found.data?.used}
          onArrived={refresh}
        />
      )}
    </Card>
  );
}

/** What its owner alone may do: open it to the other side, or take it away. Each in two steps. */
function FileActs({ file, onDone }: { file: FileView; onDone: () => void }) {
  const t = useText('files');
  const [asked, setAsked] = useState<'widen' | 'remove' | null>(null);
  const isOwn = useSession()?.person.id === file.ownerId;
  const act = useMutation({
    mutationFn: (what: 'widen' | 'remove') =>
      what === 'widen'
        ? call(FileView, `/files/${file.id}/audience`, { method: 'PUT', body: { audience: 'participants' } })
        : call(FileView, `/files/${file.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      setAsked(null);
      onDone();
    },
  });
  if (!isOwn || file.isRemoved) return null;
  if (asked)
    return (
      <span className={styles.acts}>
        {t(`files.${asked}.sure`)}
        <button type="button" className={styles.act} onClick={() => act.mutate(asked)}>
          {t(`files.${asked}.yes`)}
        </button>
        <button type="button" className={styles.act} onClick={() => setAsked(null)}>
          {t('common.cancel')}
        </button>
        {act.isError && <Failure of={act.error} />}
      </span>
    );
  return (
    <span className={styles.acts}>
      {file.audience === 'side' && (
        <button type="button" className={styles.act} onClick={() => setAsked('widen')}>
          {t('files.widen')}
        </button>
      )}
      <button type="button" className={styles.act} onClick={() => setAsked('remove')}>
        {t('files.remove')}
      </button>
    </span>
  );
}
