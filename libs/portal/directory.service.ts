import { Injectable } from '@nestjs/common';
import type { DirectoryPage, DirectoryQuery, PublicMediator } from '#contract';
import { kazakhstan } from '#hours';
import { fold, foldings, fullName } from '#language';
import { Clock, Database, DomainError } from '#platform';

const stretch = 24;
const anybody = { id: null, role: 'visitor' } as const;

/** The public directory, read through a role that can reach nothing private of anybody. Who lost the right or the wish to be listed is gone at once. */
@Injectable()
export class DirectoryService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async list(asked: DirectoryQuery): Promise<DirectoryPage> {
    const all = await this.published();
    const found = all.filter((one) => fits(one, asked));
    const end = asked.from + stretch;
    return {
      mediators: found.slice(asked.from, end),
      total: found.length,
      next: end < found.length ? end : null,
      languages: [...new Set(all.flatMap(({ languages }) => languages))].toSorted(),
      freeDays: [...new Set(all.flatMap(({ freeDays }) => freeDays))].toSorted(),
    };
  }

  async read(id: string): Promise<PublicMediator> {
    const found = (await this.published()).find((one) => one.id === id);
    if (!found) throw new DomainError('not_found');
    return found;
  }

  private published(): Promise<PublicMediator[]> {
    return this.db.asReport(anybody, async (tx) => {
      const rows = (await tx.query(
        `SELECT id, surname, given, patronymic, kind, languages, fields, district, free_days AS "freeDays",
           register_number AS "registerNumber", entered_on AS "enteredOn", certified_until AS "certifiedUntil" FROM published_mediators($1)`,
        [this.clock.now()],
      )) as (Omit<PublicMediator, 'name'> & { surname: string; given: string; patronymic: string })[];
      return rows.map(({ surname, given, patronymic, freeDays, ...row }) => ({
        ...row,
        name: fullName({ surname, given, patronymic }),
        freeDays: freeDays.filter((day) => !kazakhstan.isHoliday(day)),
      }));
    });
  }
}

function fits(one: PublicMediator, { search, language, field, district, kind, free }: DirectoryQuery): boolean {
  const known = fold(`${one.name} ${one.registerNumber}`);
  return (
    (!search || foldings(search).some((form) => known.includes(form))) &&
    (!language || one.languages.includes(language)) &&
    (!field || one.fields.includes(field)) &&
    (!district || one.district === district) &&
    (!kind || one.kind === kind) &&
    (!free || one.freeDays.includes(free))
  );
}
