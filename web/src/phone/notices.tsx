// What a phone must say plainly: that it works online only, that it keeps nothing, and whom to phone.
import { route } from '../base/route';
import { offline, online_only, storage_broken } from './outbox_page';
import { desk_href } from './sms';
import { w } from './words';

// Nothing where the office gave no number.
export function CallDesk({ urgent = false }: { urgent?: boolean }) {
  const href = desk_href();
  return href === null ? null : <a class={urgent ? 'button main' : 'button'} href={href}>{w('call_desk')}</a>;
}

// The page of one report says itself that it waits and whom to call.
function Offline() {
  const of_one = route.value.path[0] === 'sent';
  return (
    <div class="notice warn" role="status">
      <p>{w(of_one ? 'offline_short' : 'offline')}</p>
      {!of_one && <CallDesk />}
    </div>
  );
}

export function Notices() {
  return (
    <>
      {offline.value && !online_only.value && !storage_broken.value && <Offline />}
      {storage_broken.value && <div class="notice bad" role="alert"><p>{w('storage_broken')}</p><CallDesk urgent /></div>}
      {online_only.value && (
        <div class="notice warn" role="status"><p>{w('online_only')}</p><a class="button" href="/install">{w('install_certificate')}</a></div>
      )}
    </>
  );
}
