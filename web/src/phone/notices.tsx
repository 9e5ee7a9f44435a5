// What a phone must say plainly: that it works online only, that it keeps nothing, and whom to phone.
import { offline, online_only, storage_broken } from './outbox_page';
import { desk_href } from './sms';
import { w } from './words';

// Nothing where the office gave no number.
export function CallDesk({ urgent = false }: { urgent?: boolean }) {
  const href = desk_href();
  return href === null ? null : <a class={urgent ? 'button main' : 'button'} href={href}>{w('call_desk')}</a>;
}

export function Notices() {
  return (
    <>
      {offline.value && !online_only.value && !storage_broken.value && <p class="notice warn" role="status">{w('offline')}</p>}
      {storage_broken.value && <div class="notice bad" role="alert"><p>{w('storage_broken')}</p><CallDesk urgent /></div>}
      {online_only.value && (
        <div class="notice warn" role="status"><p>{w('online_only')}</p><a class="button" href="/install">{w('install_certificate')}</a></div>
      )}
    </>
  );
}
