// The stage of the demo: everybody's phone on one page.
import { useEffect, useState } from 'preact/hooks';

import { start_face } from '../base/start';
import { full_time, now } from '../base/time';
import { ProblemNote } from '../parts/problem_note';
import { Top } from '../parts/top';
import { Handset } from './handset';
import { enter, pass, reached, stage, text_office, watch_stage } from './stage';
import './stage.css';
import { t } from './words';

// Grid workers of the sample, each with something to tell.
const kBeginnings = [
  { person: 'gu-yutian', text: 'fire_text' },
  { person: 'shui-changliu', text: 'flood_text' },
  { person: 'feng-manlou', text: 'odd_text' },
] as const;

const kDoors = [
  { account: 'desk', path: '/desk', word: 'desk' },
  { account: 'office', path: '/admin', word: 'office' },
  { account: 'auditor', path: '/desk', word: 'auditor' },
] as const;

function Doors({ onProblem }: { onProblem: (problem: unknown) => void }) {
  const go = async (account: string, path: string): Promise<void> => {
    try {
      await enter({ account });
      open(path, `tocsin-${account}`);
    } catch (problem) {
      onProblem(problem);
    }
  };
  return (
    <section class="card" aria-labelledby="doors">
      <h2 id="doors">{t('doors')}</h2>
      <div class="row">
        {kDoors.map(({ account, path, word }) => (
          <button key={account} type="button" class={account === 'desk' ? 'main' : ''} onClick={() => void go(account, path)}>{t(word)}</button>
        ))}
      </div>
      <p class="soft">{t('one_browser')}</p>
    </section>
  );
}

function Clock({ onProblem }: { onProblem: (problem: unknown) => void }) {
  const [busy, set_busy] = useState(false);
  const forward = async (minutes: number): Promise<void> => {
    set_busy(true);
    try {
      await pass(minutes);
    } catch (problem) {
      onProblem(problem);
    } finally {
      set_busy(false);
    }
  };
  return (
    <section class="card" aria-labelledby="clock">
      <h2 id="clock">{t('clock')}</h2>
      <p class="number">{full_time(new Date(now.value).toISOString())}</p>
      <div class="row">
        {[1, 5, 30].map((n) => (
          <button key={n} type="button" disabled={busy} onClick={() => void forward(n)}>{t('pass', { n })}</button>
        ))}
      </div>
    </section>
  );
}

function Beginnings() {
  const phones = stage.value?.phones ?? [];
  return (
    <section class="card" aria-labelledby="begin">
      <h2 id="begin">{t('begin')}</h2>
      <div class="row">
        {kBeginnings.map(({ person, text }) => {
          const phone = phones.find((one) => one.person === person);
          return phone === undefined ? null : (
            <button key={person} type="button" onClick={() => void text_office(phone.phone, t(text))}>
              {t('begin_fire', { name: phone.name, text: t(text) })}
            </button>
          );
        })}
      </div>
    </section>
  );
}

function Handsets() {
  const [words, set_words] = useState('');
  const [all, set_all] = useState(false);
  const phones = stage.value?.phones ?? [];
  const wanted = words.trim();
  const found = phones.filter((phone) => wanted === '' || phone.name.includes(wanted) || phone.phone.includes(wanted) || phone.person.includes(wanted));
  const shown = all || wanted !== '' ? found : found.filter((phone) => phone.texts.length > 0 || phone.to_be_called !== null);
  return (
    <>
      <div class="row">
        <input class="grow" type="search" aria-label={t('search')} placeholder={t('search')} value={words}
          onInput={(event) => set_words(event.currentTarget.value)} />
        <button type="button" aria-pressed={all} onClick={() => set_all(!all)}>{all ? t('show_busy') : t('show_all')}</button>
      </div>
      <p class="soft">{t('texts', { n: stage.value?.texts ?? 0 })} · {t('quiet', { n: found.length - shown.length })}</p>
      <div class="handsets">{shown.map((phone) => <Handset key={phone.person} phone={phone} />)}</div>
    </>
  );
}

function StageFace() {
  const [problem, set_problem] = useState<unknown>(null);
  useEffect(() => watch_stage(), []);
  return (
    <>
      <Top home="/stage" />
      <main id="main" tabIndex={-1}>
        <h1>{t('title')}</h1>
        <p>{t('about')}</p>
        {!reached.value && <p class="notice bad" role="alert">{t('gone')}</p>}
        <ProblemNote problem={problem} />
        <div class="stage-top"><Doors onProblem={set_problem} /><Clock onProblem={set_problem} /><Beginnings /></div>
        <Handsets />
      </main>
    </>
  );
}

start_face(<StageFace />);
