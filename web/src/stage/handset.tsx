// One virtual phone: its texts, its reply keys, and whether the desk should ring it.
import { useEffect, useRef, useState } from 'preact/hooks';

import { full_time, short_time } from '../base/time';
import { type Handset as Phone, enter, text_office } from './stage';
import { t } from './words';

// says: key_*
const kKeys = ['1', '2', '3', '0'] as const;

function Texts({ phone }: { phone: Phone }) {
  const list = useRef<HTMLOListElement>(null);
  const newest = phone.texts[phone.texts.length - 1]?.number;
  useEffect(() => {
    list.current?.scrollTo(0, list.current.scrollHeight);
  }, [newest]);
  if (phone.texts.length === 0) return <p class="soft">{t('nothing')}</p>;
  return (
    <ol class="texts" ref={list} tabIndex={0} aria-label={phone.name}>
      {phone.texts.map((text) => (
        <li key={text.number} class={text.from_phone ? 'mine' : ''}>
          <bdi>{text.text}</bdi>
          <time dateTime={text.at} title={full_time(text.at)}>
            <span class="visually-hidden">{text.from_phone ? t('from_phone') : t('from_office')} </span>
            {short_time(text.at)}
          </time>
        </li>
      ))}
    </ol>
  );
}

export function Handset({ phone }: { phone: Phone }) {
  const [words, set_words] = useState('');
  const send = (text: string): void => void text_office(phone.phone, text);
  const open_app = async (): Promise<void> => {
    await enter({ person: phone.person });
    open('/', 'tocsin-phone');
  };
  return (
    <section class={phone.to_be_called === null ? 'handset' : 'handset ringing'} aria-label={phone.name}>
      <header><h2><bdi>{phone.name}</bdi></h2><span class="soft number">{phone.phone}</span></header>
      {phone.to_be_called !== null && (
        <details class="notice warn"><summary>{t('to_call')}</summary><p>{t('said_on_phone')}</p><p><bdi>{phone.to_be_called}</bdi></p></details>
      )}
      <Texts phone={phone} />
      <div class="keys" role="group" aria-label={t('reply_keys')}>
        {kKeys.map((key) => <button key={key} type="button" onClick={() => send(key)}>{t(`key_${key}`)}</button>)}
      </div>
      <form class="row" onSubmit={(event) => { event.preventDefault(); send(words); set_words(''); }}>
        <input class="grow" aria-label={t('write')} placeholder={t('write')} required maxLength={1000} value={words}
          onInput={(event) => set_words(event.currentTarget.value)} />
        <button>{t('send')}</button>
      </form>
      <button type="button" class="quiet" onClick={() => void open_app()}>{t('app_as', { name: phone.name })}</button>
    </section>
  );
}
