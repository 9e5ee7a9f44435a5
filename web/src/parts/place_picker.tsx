// Where it happens: here (the phone's position, shown as an area and confirmed), or elsewhere (from the list).
//
// The position goes to the server once, to find the area, and is kept nowhere; without a network the nearest centre of
// the kept areas is offered.  Only what is confirmed becomes the place.
import { useEffect, useRef, useState } from 'preact/hooks';

import { get, with_query } from '../base/api';
import { area_of, area_path, community_of, find_areas, nearest_area } from '../base/areas';
import type { Area } from '../base/model';
import './fields.css';
import { f } from './form_words';

export interface Place {
  area: string | null; // code
  place: string; // words, at most 200
}
export const no_place: Place = { area: null, place: '' };

interface Found {
  area: Area | null;
  found_by: 'outline' | 'nearest_centre' | null;
  metres: number | null;
}

function position(): Promise<GeolocationPosition> {
  return new Promise((found, failed) => {
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 10_000, maximumAge: 30_000 });
  });
}

async function look_here(): Promise<Found> {
  const { latitude, longitude } = (await position()).coords;
  try {
    return await get<Found>(with_query('/api/v1/areas/at', { latitude: latitude.toFixed(6), longitude: longitude.toFixed(6) }));
  } catch {
    const area = nearest_area(latitude, longitude);
    return { area, found_by: area === null ? null : 'nearest_centre', metres: null };
  }
}

const kShown = 60;
const kWorthSaying = 100; // metres from the centre of what was found: nearer says nothing

// Arrows walk over the buttons of a list, up from the first into the search above it.
function walk(event: KeyboardEvent, list: HTMLElement | null, search: HTMLElement | null): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || list === null) return;
  event.preventDefault();
  const buttons = [...list.querySelectorAll('button')];
  const at = buttons.findIndex((one) => one === document.activeElement) + by;
  if (at < 0) search?.focus();
  else buttons[Math.min(at, buttons.length - 1)]?.focus();
}

// A list of areas with a search above it.  For Tab it is one stop beside the search; arrows walk in it, and Enter in the
// search takes the first that was found.
export function AreaList({ coarse, onChoose }: { coarse: boolean; onChoose: (code: string) => void }) {
  const [words, set_words] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const found = find_areas(words, coarse);
  return (
    <div>
      <label><span class="name">{f('search_area')}</span>
        <input ref={search} type="search" value={words} maxLength={100} autoComplete="off" onInput={(event) => set_words(event.currentTarget.value)}
          onKeyDown={(event) => {
            walk(event, list.current, search.current);
            if (event.key !== 'Enter' || event.ctrlKey) return;
            event.preventDefault();
            const first = found[0];
            if (first !== undefined && words.trim() !== '') onChoose(first.code);
          }} />
      </label>
      {found.length === 0 ? <p role="status">{f('no_area')}</p> : (
        <ul ref={list} class="areas" onKeyDown={(event) => walk(event, list.current, search.current)}>
          {found.slice(0, kShown).map((area, n) => (
            <li key={area.code}>
              <button type="button" tabIndex={n === 0 ? 0 : -1} onClick={() => onChoose(area.code)}>
                <bdi>{area.name}</bdi>{area.path !== area.name && <bdi class="soft">{area.path}</bdi>}
              </button>
            </li>
          ))}
        </ul>
      )}
      {found.length > kShown && <p class="soft">{f('more_areas', { n: found.length - kShown })}</p>}
    </div>
  );
}

type Look = 'ask' | 'locating' | 'confirm' | 'list' | 'words';

interface Given {
  value: Place;
  onChange: (place: Place) => void;
  coarse?: boolean; // public health: nothing below the community, and no words
  here?: boolean; // false: the desk is never where it happens
  onProposed?: (waits: boolean) => void; // a place is shown that nobody has confirmed yet
}

export function PlacePicker({ value, onChange, coarse = false, here = true, onProposed }: Given) {
  const may_locate = here && typeof navigator !== 'undefined' && 'geolocation' in navigator;
  const [look, set_look] = useState<Look>(may_locate ? 'ask' : 'list');
  const [found, set_found] = useState<Found | null>(null);
  const [trouble, set_trouble] = useState('');
  const asked = useRef(0);
  const box = useRef<HTMLFieldSetElement>(null);
  const words = useRef<HTMLInputElement>(null);

  const choose = (code: string): void => {
    asked.current += 1;
    onChange({ ...value, area: coarse ? community_of(code) : code });
    set_look('ask');
    // At a desk the list took the focus with it: go on with what comes next.  A phone would only raise its keyboard.
    if (!here) requestAnimationFrame(() => (box.current?.querySelector<HTMLElement>('input') ?? box.current?.querySelector('button'))?.focus());
  };
  const to_list = (why: string): void => {
    asked.current += 1;
    set_trouble(why);
    set_look('list');
  };
  const locate = async (): Promise<void> => {
    const mine = (asked.current += 1);
    set_trouble('');
    set_look('locating');
    try {
      const at = await look_here();
      if (mine !== asked.current) return; // chosen otherwise meanwhile
      if (at.area === null) {
        to_list(f('outside'));
        return;
      }
      set_found(at);
      set_look('confirm');
    } catch {
      if (mine === asked.current) to_list(f('no_position'));
    }
  };

  const to_words = (): void => {
    set_look('words');
    words.current?.focus();
  };

  const shown = found?.area ?? null;
  const confirmed = value.area !== null;
  const proposed = !confirmed && look === 'confirm' && shown !== null;
  useEffect(() => onProposed?.(proposed), [proposed]);
  return (
    <fieldset ref={box}>
      <legend>{f('where')}</legend>
      {confirmed && value.area !== null && (
        <div class="row">
          <span class="grow chosen"><bdi>{area_path(coarse ? community_of(value.area) : value.area)}</bdi></span>
          <button type="button" onClick={() => { onChange({ ...value, area: null }); set_look(may_locate ? 'ask' : 'list'); }}>
            {f('change')}</button>
        </div>
      )}
      {!confirmed && look === 'words' && <button type="button" onClick={() => to_list('')}>{f('from_list')}</button>}
      {!confirmed && look === 'ask' && may_locate && (
        <>
          <div class="two">
            <button type="button" onClick={() => void locate()}>{f('here')}</button>
            <button type="button" onClick={() => to_list('')}>{f('elsewhere')}</button>
          </div>
          <p class="soft">{f('not_kept')}</p>
        </>
      )}
      {!confirmed && look === 'locating' && (
        <div class="row" role="status">
          <span class="grow">{f('locating')}</span>
          <button type="button" onClick={() => to_list('')}>{f('elsewhere')}</button>
        </div>
      )}
      {proposed && (
        <div role="status">
          <p>{f('is_it_here')}</p>
          <p class="chosen"><bdi>{area_of(coarse ? community_of(shown.code) : shown.code)?.path ?? shown.path}</bdi></p>
          {found?.found_by === 'nearest_centre' && found.metres !== null && found.metres >= kWorthSaying && <p class="soft">{f('near', { metres: found.metres })}</p>}
          <div class="two">
            <button type="button" class="main" onClick={() => choose(shown.code)}>{f('right')}</button>
            <button type="button" onClick={() => to_list('')}>{f('wrong')}</button>
          </div>
        </div>
      )}
      {!confirmed && look === 'list' && (
        <>
          {trouble !== '' && <p class="notice warn" role="status">{trouble}</p>}
          <AreaList coarse={coarse} onChoose={choose} />
          {may_locate && (
            <div class="row">
              <button type="button" onClick={() => void locate()}>{f('here')}</button>
              {!coarse && <button type="button" onClick={to_words}>{f('not_on_list')}</button>}
            </div>
          )}
        </>
      )}
      {coarse ? <p class="soft">{f('coarse')}</p> : (
        <label><span class="name">{f('place')}</span>
          <input ref={words} value={value.place} maxLength={200} placeholder={f('place_hint')} autoComplete="off"
            onInput={(event) => onChange({ ...value, place: event.currentTarget.value })} />
        </label>
      )}
    </fieldset>
  );
}
