// What was reported: the words as they came, and photographs of the place.
import type { IncidentView, StoredReport } from '../base/model';
import { c } from '../base/common_words';
import { short_time } from '../base/time';
import { fact_text } from '../parts/facts_form';
import { HazardName } from './board';
import { via_word } from './closed_words';
import { i } from './incident_words';

// The mark that stands where a number was, in the reader's language.
export const readable = (text: string): string => text.split('[number removed]').join(i('number_gone'));

export function ReportCard({ of, code }: { of: StoredReport; code: number }) {
  const facts = Object.entries(of.facts).filter(([, value]) => value !== null);
  return (
    <article class="report">
      <p><strong class="number">{short_time(of.received_at)}</strong> {i('report_from', { via: via_word(of.via) })}{' '}
        <span class="soft"><bdi>{of.reporter_person?.name ?? of.reporter ?? ''}</bdi></span>{' '}
        <span>{of.hazard !== '' && <HazardName hazard={of.hazard} />}</span>{' '}
        {of.drill && <span class="drill">{c('drill')}</span>}</p>
      <p><bdi>{of.area?.path ?? ''}</bdi> <bdi>{of.place}</bdi> {of.occurred_at !== null && <span class="soft">{i('occurred', { time: short_time(of.occurred_at) })}</span>}</p>
      {facts.length > 0 && <p class="soft">{facts.map(([name, value]) => <bdi key={name} class="fact-said">{fact_text(name, value)}</bdi>)}</p>}
      {of.text !== '' && <blockquote class="words"><bdi>{readable(of.text)}</bdi></blockquote>}
      {of.numbers_removed && <p class="late">{i('numbers_removed')}</p>}
      {(of.attachments ?? []).length > 0 && (
        <div class="row">{(of.attachments ?? []).map((photo) => (
          <a key={photo.attachment} href={`/api/v1/incidents/${code}/attachments/${photo.attachment}`} target="_blank" rel="noreferrer">
            <img class="photo" src={`/api/v1/incidents/${code}/attachments/${photo.attachment}`} alt={i('photo')}
              width={160} height={Math.round(160 * photo.height / Math.max(1, photo.width))} loading="lazy" /></a>
        ))}</div>
      )}
    </article>
  );
}

export function Reports({ of }: { of: IncidentView }) {
  return (
    <section class="card" aria-labelledby="reports">
      <h2 id="reports">{i('reports')} <span class="soft number">{of.reports.length}</span></h2>
      {of.reports.map((report) => <ReportCard key={report.report} of={report} code={of.incident} />)}
      {of.reports_cut && <p class="soft">{i('more_reports')}</p>}
    </section>
  );
}
