// Signing in: by a code to one's own phone, or by password and second factor.
import { useState } from 'preact/hooks';

import { Problem } from '../base/api';
import { c } from '../base/common_words';
import { ask_code, sign_in_by_code, sign_in_by_password } from '../base/session';
import { now } from '../base/time';
import { problem_text } from './problem_note';

const said = (problem: unknown): string =>
  problem instanceof Problem && problem.status === 403 ? c('sign_in_failed') : problem_text(problem);

function Wrong({ text }: { text: string }) {
  return text === '' ? null : <p class="error" role="alert">{text}</p>;
}

// Runs one step of it; what goes wrong is shown.
function useSteps() {
  const [busy, set_busy] = useState(false);
  const [wrong, set_wrong] = useState('');
  const run = async (step: () => Promise<void>): Promise<void> => {
    set_busy(true);
    set_wrong('');
    try {
      await step();
    } catch (problem) {
      set_wrong(said(problem));
    } finally {
      set_busy(false);
    }
  };
  return { busy, wrong, run };
}

const kAnotherAfter = 60; // seconds: sooner the server sends no other to that number

function ByPhone({ onDone }: { onDone: () => void }) {
  const { busy, wrong, run } = useSteps();
  const [number, set_number] = useState('');
  const [request, set_request] = useState('');
  const [code, set_code] = useState('');
  const [asked_at, set_asked_at] = useState(0);
  const ask = async (): Promise<void> => {
    set_request(await ask_code(number.trim()));
    set_asked_at(now.peek());
    set_code('');
  };
  const submit = async (): Promise<void> => {
    if (request === '') return ask();
    await sign_in_by_code(request, code.trim());
    onDone();
  };
  const late = request !== '' && now.value - asked_at >= kAnotherAfter * 1000;
  return (
    <form onSubmit={(event) => { event.preventDefault(); void run(submit); }}>
      {request === '' ? (
        <label><span class="name">{c('your_number')}</span>
          <input type="tel" autoComplete="tel" required maxLength={30} value={number} onInput={(event) => set_number(event.currentTarget.value)} />
        </label>
      ) : (
        <>
          <div class="row">
            <bdi class="number">{number.trim()}</bdi>
            <button type="button" onClick={() => { set_request(''); set_code(''); }}>{c('change_number')}</button>
          </div>
          <p role="status">{c('code_sent')}</p>
          <label><span class="name">{c('code')}</span>
            <input inputMode="numeric" autoComplete="one-time-code" required maxLength={6} value={code}
              onInput={(event) => set_code(event.currentTarget.value)} />
          </label>
        </>
      )}
      <Wrong text={wrong} />
      <div class="row">
        <button class="main" disabled={busy}>{request === '' ? c('send_code') : c('sign_in')}</button>
        {late && <button type="button" disabled={busy} onClick={() => void run(ask)}>{c('another_code')}</button>}
      </div>
    </form>
  );
}

function ByPassword({ onDone }: { onDone: () => void }) {
  const { busy, wrong, run } = useSteps();
  const [name, set_name] = useState('');
  const [password, set_password] = useState('');
  const [factor, set_factor] = useState('');
  const [recovery, set_recovery] = useState(false);
  const submit = async (): Promise<void> => {
    const given = factor.trim();
    const second = given === '' ? null : recovery ? { recovery_code: given } : { totp: given };
    await sign_in_by_password(name.trim(), password, second);
    onDone();
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void run(submit); }}>
      <label><span class="name">{c('account')}</span>
        <input autoComplete="username" required maxLength={40} value={name}
          onInput={(event) => set_name(event.currentTarget.value)} /></label>
      <label><span class="name">{c('password')}</span>
        <input type="password" autoComplete="current-password" required maxLength={256} value={password}
          onInput={(event) => set_password(event.currentTarget.value)} /></label>
      <label><span class="name">{recovery ? c('recovery_code') : c('totp')}</span>
        <input inputMode={recovery ? 'text' : 'numeric'} autoComplete="one-time-code" maxLength={40} value={factor}
          onInput={(event) => set_factor(event.currentTarget.value)} /></label>
      <Wrong text={wrong} />
      <div class="row">
        <button class="main" disabled={busy}>{c('sign_in')}</button>
        <button type="button" class="quiet" onClick={() => set_recovery(!recovery)}>
          {recovery ? c('totp') : c('recovery')}</button>
      </div>
    </form>
  );
}

interface Given {
  first: 'phone' | 'password'; // which way is shown first
  heading?: boolean; // false: it stands under one that says so
  onDone?: () => void;
}

export function SignIn({ first, heading = true, onDone = () => undefined }: Given) {
  const [way, set_way] = useState(first);
  return (
    <section class="card" aria-label={c('sign_in')}>
      {heading && <h1>{c('sign_in')}</h1>}
      {way === 'phone' ? <ByPhone onDone={onDone} /> : <ByPassword onDone={onDone} />}
      <p><button type="button" class="quiet" onClick={() => set_way(way === 'phone' ? 'password' : 'phone')}>
        {way === 'phone' ? c('by_password') : c('by_phone')}</button></p>
    </section>
  );
}
