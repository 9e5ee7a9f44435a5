// The directory as files and on paper: numbers whole, so each asks why.
import { useState } from 'preact/hooks';

import { with_query } from '../base/api';
import { day_of, now } from '../base/time';
import { language } from '../base/words';
import { kDirectory } from './directory_data';
import { download } from './download';
import { Page } from './frame';
import { ReasonDialog } from './reason';
import { d } from './words_directory';

const kShapes = [
  ['people', 'export_people'], ['side-by-side', 'export_side'], ['units', 'export_units'], ['areas', 'export_areas'],
  ['offices', 'export_offices'], ['vcard', 'export_vcard'],
] as const;

export function Paper() {
  const [shape, set_shape] = useState<string>('people');
  const [format, set_format] = useState<'xlsx' | 'csv'>('xlsx');
  const [asks, set_asks] = useState<'export' | 'print' | null>(null);
  const [done, set_done] = useState('');
  const cards = shape === 'vcard';
  const export_it = async (reason: string): Promise<void> => {
    const path = with_query(`${kDirectory}/export`, { reason, as: shape, format: cards ? undefined : format, lang: language.value });
    await download(path, `tocsin-${shape}-${day_of(now.value)}.${cards ? 'vcf' : format}`);
    set_asks(null);
    set_done(d('exported'));
  };
  const print_it = async (reason: string): Promise<void> => {
    window.open(with_query(`${kDirectory}/print`, { reason, lang: language.value }), '_blank', 'noopener');
    set_asks(null);
    set_done(d('print_open'));
    return Promise.resolve();
  };
  return (
    <Page title={d('part_paper')}>
      <p class="notice warn">{d('paper_what')}</p>
      {done !== '' && <p class="notice good" role="status">{done}</p>}
      <section class="card" aria-label={d('export_file')}>
        <h2>{d('export_file')}</h2>
        <div class="row">
          <label class="grow"><span class="name">{d('export_as')}</span>
            <select value={shape} onChange={(event) => set_shape(event.currentTarget.value)}>
              {kShapes.map(([value, word]) => <option key={value} value={value}>{d(word)}</option>)}
            </select></label>
          {!cards && (
            <label class="grow"><span class="name">{d('export_format')}</span>
              <select value={format} onChange={(event) => set_format(event.currentTarget.value === 'csv' ? 'csv' : 'xlsx')}>
                <option value="xlsx">{d('format_xlsx')}</option>
                <option value="csv">{d('format_csv')}</option>
              </select></label>
          )}
        </div>
        <p><button type="button" class="main" onClick={() => set_asks('export')}>{d('export_do')}</button></p>
      </section>
      <section class="card" aria-label={d('print')}>
        <h2>{d('print')}</h2>
        <p>{d('print_what')}</p>
        <p><button type="button" onClick={() => set_asks('print')}>{d('print_do')}</button></p>
      </section>
      {asks === 'export' && <ReasonDialog title={d('export_title')} label={d('export_do')} onReason={export_it} onClose={() => set_asks(null)} />}
      {asks === 'print' && <ReasonDialog title={d('print_title')} label={d('print_do')} onReason={print_it} onClose={() => set_asks(null)} />}
    </Page>
  );
}
