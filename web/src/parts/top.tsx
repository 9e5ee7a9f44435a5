// The bar over every page: what this is, where one is, who is signed in, which language.
import type { ComponentChildren } from 'preact';

import { c } from '../base/common_words';
import { me, sign_out } from '../base/session';
import { choose_language, language } from '../base/words';

interface Given {
  home: string; // href of the brand
  account?: boolean; // says who is signed in, and signs out; unless told otherwise
  children?: ComponentChildren; // links of the face
}

export function LanguageButton() {
  const other = language.value === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" class="quiet" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => choose_language(other)}>
      {c('language_other')}
    </button>
  );
}

export function Top({ home, account = true, children }: Given) {
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}>{c('skip')}</a>
      <header class="top">
        <a class="brand" href={home}><img src="/app/icon.svg" width="28" height="28" alt="" />{c('app')}</a>
        {children !== undefined && <nav>{children}</nav>}
        <div class="end">
          {account && me.value && <span class="soft">{me.value.person?.name ?? me.value.name}</span>}
          <LanguageButton />
          {account && me.value && <button type="button" class="quiet" onClick={() => void sign_out()}>{c('sign_out')}</button>}
        </div>
      </header>
    </>
  );
}
