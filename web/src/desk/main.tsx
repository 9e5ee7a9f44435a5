import { useEffect } from 'preact/hooks';

import { start_face } from '../base/start';
import { look_who, me } from '../base/session';
import { SignIn } from '../parts/sign_in';
import { Top } from '../parts/top';

function Face() {
  useEffect(() => void look_who(), []);
  return (
    <>
      <Top home="#/" />
      <main id="main" tabIndex={-1}>{me.value === null ? <SignIn first="phone" /> : <p>desk</p>}</main>
    </>
  );
}

start_face(<Face />);
