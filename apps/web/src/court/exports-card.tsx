import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type AskExport, ExportView, ExportViews, type reportFormats } from '#contract';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { useDates, useLanguage, useText } from '../words.js';
import styles from './court.module.css';

const formats = ['xlsx', 'csv', 'dictionary', 'pdf'] as const satisfies readonly (typeof reportFormats)[number][];
const key = ['exports'];
const inHand = ({ state }: ExportView) => state === 'waiting' || state === 'making';

type Without<T> = T extends unknown ? Omit<T, 'format' | 'language'> : never;
type Asked = Without<AskExport>;

/** Asks the cabinet to make a file; who asks again while it is made gets the same one. */
export function AskForFile({ of, printing }: { of: Asked; printing: string }) {
  const t = useText('court', 'reports');
  const cache = useQueryClient();
  const language = useLanguage() === 'ru' ? 'ru' : 'kk';
  const ask = useMutation({
    mutationFn: (format: (typeof formats)[number]) => call(ExportView, '/exports', { method: 'POST', body: { ...of, format, language } }),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
  return (
    <div className={styles.bar}>
      <span className="small muted">{t('court.register.files')}:</span>
      {formats.map((format) => (
        <Button key={format} small tone="second" busy={ask.isPending && ask.variables === format} onClick={() => ask.mutate(format)}>
          {t(`reports.export.${format}`)}
        </Button>
      ))}
      <Button small tone="quiet" onClick={() => print()}>
        {printing}
      </Button>
      {ask.isError && <Failure of={ask.error} />}
    </div>
  );
}

/** What was asked for, how far each is, and the link to what is ready while it lasts. */
export function ExportsCard() {
  const t = useText('court');
  const found = useQuery({
    queryKey: key,
    queryFn: () => call(ExportViews, '/exports'),
    refetchInterval: ({ state }) => (state.data?.some(inHand) ? 1_500 : false),
  });
  if (!found.data) return null;
  return (
    <div className={styles.exports}>
      <Card title={t('court.exports')}>
        {found.data.length === 0 && <p className="muted">{t('court.exports.none')}</p>}
        <ul className={styles.made}>
          {found.data.map((one) => (
            <Made key={one.id} one={one} />
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Made({ one }: { one: ExportView }) {
  const t = useText('court', 'reports');
  const dates = useDates();
  const { asked, state } = one;
  const days = asked.kind === 'register' ? `${asked.from} – ${asked.to}` : asked.period;
  const said = {
    waiting: () => t('court.exports.waiting'),
    making: () => t('court.exports.making', { done: one.done, total: one.total ?? 0 }),
    ready: () => t('court.exports.ready', { until: dates.moment(one.expiresAt!) }),
    failed: () => t(`court.exports.failed.${one.reason ?? 'broken'}`),
    expired: () => t('court.exports.expired'),
  }[state];
  return (
    <li>
      <b className="num">{days}</b> {t(`reports.export.${asked.format}`)}, {asked.language}
      <br />
      <span role={inHand(one) ? 'status' : undefined}>{said()}</span>
      {state === 'making' && <progress value={one.done} max={one.total ?? undefined} aria-label={said()} />}
      {state === 'ready' && (
        <a className={styles.take} href={`/api/exports/${one.id}/file`} download>
          {t('court.exports.take')}
        </a>
      )}
    </li>
  );
}
