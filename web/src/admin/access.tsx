// Who may sign in: accounts, tokens, sessions.
import { link_to, route } from '../base/route';
import { Tabs } from './frame';
import { Sessions } from './sessions';
import { Tokens } from './tokens';
import { Users } from './users';
import { t } from './words';
import { a } from './words_access';

function Shown() {
  switch (route.value.path[1] ?? '') {
    case '': return <Users />;
    case 'tokens': return <Tokens />;
    case 'sessions': return <Sessions />;
    default: return <p>{t('no_page')}</p>;
  }
}

export function Access() {
  return (
    <>
      <Tabs tabs={[
        { href: link_to('access'), label: a('part_users') },
        { href: link_to('access', 'tokens'), label: a('part_tokens') },
        { href: link_to('access', 'sessions'), label: a('part_sessions') },
      ]} />
      <Shown />
    </>
  );
}
