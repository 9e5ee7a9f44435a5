// The frame of a page: its heading, the pages beside it, and the title of the window.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

import { route } from '../base/route';
import { t } from './words';

export interface Tab {
  href: string; // "#/directory/posts"
  label: string;
  also?: readonly string[]; // other second parts of the address that are this page's
}

function here({ href, also = [] }: Tab): boolean {
  const [, part = ''] = href.replace(/^#\//, '').split('/');
  const [, shown = ''] = route.value.path;
  return part === shown || also.includes(shown);
}

export function Tabs({ tabs }: { tabs: readonly Tab[] }) {
  return (
    <nav class="tabs no-print" aria-label={t('parts')}>
      {tabs.map((tab) => (
        <a key={tab.href} href={tab.href} aria-current={here(tab) ? 'page' : undefined}>{tab.label}</a>
      ))}
    </nav>
  );
}

export function Page({ title, children }: { title: string; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · tocsin`;
  }, [title]);
  return (
    <>
      <h1>{title}</h1>
      {children}
    </>
  );
}
