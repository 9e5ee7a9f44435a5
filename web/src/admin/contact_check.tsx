// The contact check: how its round stands, begin, stop, and who was silent.
import { useState } from 'preact/hooks';

import { get, post } from '../base/api';
import { full_time } from '../base/time';
import { in_language } from '../base/words';
import { ProblemNote } from '../parts/problem_note';
import { Page } from './frame';
import { Loaded, useAct, useLoad } from './load';
import { PersonName } from './posts';
import { Scroll } from './scroll';
import type { CheckRound, Checks } from './shapes';
import { t } from './words';
import { d } from './words_directory';

function Round({ round }: { round: CheckRound }) {
  return (
    <section class="card" aria-label={d('part_check')}>
      <p><strong>{d(`check_state_${round.state}`)}</strong> · {d('check_began', { by: round.by, at: full_time(round.started_at) })}</p>
      <p>{d('check_counts', { asked: round.asked, answered: round.answered, silent: round.silent, failed: round.failed,
        not_sent: round.not_sent, open: round.open })}</p>
      <progress max={Math.max(1, round.asked)} value={round.answered} aria-label={d('part_check')} />
      {round.waits_for !== null && <p class="notice warn">{d(`waits_${round.waits_for}`)}</p>}
      {round.stopped && <p class="notice warn">{d('check_stopped')}</p>}
    </section>
  );
}

export function ContactCheck() {
  const read = useLoad(() => get<Checks>('/api/v1/directory/check'), []);
  const [newer, set_newer] = useState<Checks | null>(null);
  const { busy, problem, run } = useAct();
  const tell = (what: 'start' | 'stop') => () => void run(async () => set_newer(await post<Checks>(`/api/v1/directory/check/${what}`)));
  return (
    <Page title={d('part_check')}>
      <p>{d('check_what')}</p>
      <Loaded load={read}>{(first) => {
        const { round, contacts } = newer ?? first;
        const asks = round !== null && round.state === 'asking' && !round.stopped;
        return (
          <>
            {round === null ? <p role="status">{d('check_none')}</p> : <Round round={round} />}
            <ProblemNote problem={problem} />
            <div class="row">
              {asks ? <button type="button" disabled={busy} onClick={tell('stop')}>{d('check_stop')}</button>
                : <button type="button" class="main" disabled={busy} onClick={tell('start')}>{d('check_start')}</button>}
              <button type="button" onClick={() => {
                set_newer(null);
                read.again();
              }}>{t('read_again')}</button>
            </div>
            {contacts.length > 0 && (
              <>
                <h2>{d('check_list')}</h2>
                <Scroll>
                  <table>
                    <thead><tr><th>{t('name')}</th><th>{d('address')}</th><th>{t('state')}</th><th>{d('check_asked')}</th></tr></thead>
                    <tbody>{contacts.map((one, n) => (
                      <tr key={n}>
                        <th scope="row"><PersonName who={one.person} /></th>
                        <td class="number">{one.number}</td>
                        <td>{d(`check_${one.outcome}`)} <bdi class="soft">{in_language(one.meaning_text, one.meaning_text_zh)}</bdi></td>
                        <td class="number">{full_time(one.asked_at)}</td>
                      </tr>
                    ))}</tbody>
                  </table>
                </Scroll>
              </>
            )}
          </>
        );
      }}</Loaded>
    </Page>
  );
}
