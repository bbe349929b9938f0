import type { Reference, ReportDim } from '#contract';
import { type TextKey, translate } from '#language';

type Names = { kk: string; ru: string; en: string };
const own: readonly ReportDim[] = [
  'language',
  'mediator_kind',
  'door',
  'person_kind',
  'stage',
  'question',
  'sex',
  'age_band',
  'event_kind',
];

/** The name of what a report is cut by, in all three languages. A code that no register knows is shown as it came. */
export function valueNames({ categories, districts, courts, grounds, refusals }: Omit<Reference, 'demo'>) {
  const listed = (list: { code?: string; id?: string; name: Names }[], value: string): Names =>
    list.find((one) => (one.code ?? one.id) === value)?.name ?? asItCame(value);
  return (dim: ReportDim, value: string): Names => {
    if (own.includes(dim)) return said(`reports.value.${dim}.${value}` as TextKey<'reports'>, value);
    if (dim === 'category') return listed(categories, value);
    if (dim === 'district' && value === 'unknown') return said('reports.value.district.unknown', value);
    if (dim === 'district') return listed(districts, value);
    if (dim === 'court') return listed(courts, value);
    if (dim === 'ground') return listed(grounds, value);
    if (dim === 'reason') return listed(refusals, value);
    const [category, subcategory] = value.split('/') as [string, string];
    const found = categories.find(({ code }) => code === category);
    const [upper, lower] = [found?.name ?? asItCame(category), found?.subcategories.find(({ code }) => code === subcategory)?.name];
    return { kk: joined(upper.kk, lower?.kk), ru: joined(upper.ru, lower?.ru), en: joined(upper.en, lower?.en) };
  };
}

const joined = (upper: string, lower?: string) => (lower ? `${upper}: ${lower}` : upper);
const asItCame = (value: string): Names => ({ kk: value, ru: value, en: value });
function said(key: TextKey<'reports'>, value: string): Names {
  const one = (language: 'kk' | 'ru' | 'en') => {
    const text = translate(language, key);
    return text === key ? value : text;
  };
  return { kk: one('kk'), ru: one('ru'), en: one('en') };
}
