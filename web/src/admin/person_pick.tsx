// Choosing people of the directory by what anybody knows of them: a name, its initials, the end of a number.
import { useEffect, useState } from 'preact/hooks';

import { get, with_query } from '../base/api';
import { kDirectory } from './directory_data';
import type { Person } from './shapes';
import { useSettled } from './settled';
import { d } from './words_directory';

export interface Picked {
  code: string;
  name: string;
}

const kShown = 8;

interface Given {
  label: string;
  chosen: readonly Picked[];
  most?: number; // 1: one person or nobody
  ordered?: boolean; // who comes first matters
  none?: string; // said while nobody is chosen
  onChoose: (chosen: Picked[]) => void;
}

function Chosen({ chosen, ordered, onChoose }: Pick<Given, 'chosen' | 'ordered' | 'onChoose'>) {
  return (
    <ol class="picked">
      {chosen.map((one, n) => (
        <li key={one.code}><span>{ordered === true && `${n + 1}. `}<bdi>{one.name}</bdi> <span class="soft">{one.code}</span></span>
          {ordered === true && n > 0 && (
            <button type="button" aria-label={d('pick_up', { name: one.name })}
              onClick={() => onChoose([...chosen.slice(0, n - 1), one, ...chosen.filter((other, k) => k >= n - 1 && other !== one)])}>↑</button>
          )}
          <button type="button" aria-label={d('pick_remove', { name: one.name })}
            onClick={() => onChoose(chosen.filter((other) => other !== one))}>✕</button></li>
      ))}
    </ol>
  );
}

export function PersonPick({ label, chosen, most = 50, ordered = false, none = '', onChoose }: Given) {
  const [typed, set_typed] = useState('');
  const [found, set_found] = useState<Person[] | null>(null);
  const q = useSettled(typed.trim());
  useEffect(() => {
    let mine = true;
    set_found(null);
    if (q !== '') {
      get<{ persons: Person[] }>(with_query(`${kDirectory}/persons`, { q, limit: kShown })).then(
        ({ persons }) => mine && set_found(persons), () => mine && set_found([]));
    }
    return () => {
      mine = false;
    };
  }, [q]);
  const offered = found?.filter(({ code }) => !chosen.some((one) => one.code === code)) ?? [];
  const take = ({ code, name }: Person): void => {
    onChoose(most === 1 ? [{ code, name }] : [...chosen, { code, name }]);
    set_typed('');
  };
  return (
    <div class="pick" role="group" aria-label={label}>
      <span class="name">{label}</span>
      {chosen.length === 0 ? none !== '' && <p class="soft">{none}</p> : <Chosen chosen={chosen} ordered={ordered} onChoose={onChoose} />}
      {(chosen.length < most || most === 1) && (
        <input type="search" value={typed} aria-label={d('pick_search', { label })} placeholder={d('search_hint')} autocomplete="off"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || typed === '') return;
            event.preventDefault(); // it takes the only one, and never sends the form around it
            if (offered.length === 1 && offered[0] !== undefined) take(offered[0]);
          }}
          onInput={(event) => set_typed(event.currentTarget.value)} />
      )}
      {found !== null && typed.trim() !== '' && (
        <div role="status">
          {offered.length === 0 ? <p>{d('pick_none')}</p> : (
            <ul class="offered" aria-label={d('pick_found', { label })}>
              {offered.map((one) => (
                <li key={one.code}><button type="button" onClick={() => take(one)}><bdi>{one.name}</bdi> <span class="soft">{one.code}</span></button></li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}
