#include "adapters/https/link_pages.h"

namespace tocsin::https {
namespace {

constexpr std::string_view kStyle = R"(body{font-family:sans-serif;max-width:30rem;margin:0 auto;padding:1rem;
line-height:1.6;font-size:1.15rem}
h1{font-size:1.3rem;border-bottom:4px solid #c00}
button{display:block;width:100%;margin:.6rem 0;padding:1rem;font-size:1.3rem;border:1px solid #333;border-radius:.5rem;
background:#fff}
button:active{background:#ddd}
[hidden]{display:none}
input{width:100%;box-sizing:border-box;padding:.8rem;font-size:1.6rem;letter-spacing:.4rem}
#text{white-space:pre-wrap;border-left:4px solid #c00;padding-left:.8rem}
#state{font-weight:bold}
)";

constexpr std::string_view kSignInPage = R"(<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>tocsin</title><link rel="stylesheet" href="/page.css"><script src="/s.js" defer></script></head><body>
<h1>警钟登录 Sign in to tocsin</h1>
<p>只有您本人刚才要求登录时才点按。 Tap only if you asked to sign in just now.</p>
<button id="go" type="button">登录 Sign in</button>
<p id="state" role="status"></p>
<noscript><p>请在短信中改用验证码。 Use the code of the text message instead.</p></noscript>
</body></html>
)";

constexpr std::string_view kSignInScript = R"('use strict';
const state = document.getElementById('state');
const button = document.getElementById('go');
const token = location.hash.slice(1);
if (!token) {
  button.hidden = true;
  state.textContent = '链接不完整。 The link is not whole.';
}
button.addEventListener('click', async () => {
  button.disabled = true;
  try {
    const answer = await fetch('/api/v1/sign-in/link', {
      method: 'POST', credentials: 'same-origin',
      headers: {'Content-Type': 'application/json', 'X-Tocsin': '1'},
      body: JSON.stringify({token: token, device: navigator.platform || 'browser'}),
    });
    if (answer.ok) {
      history.replaceState(null, '', '/s');
      button.hidden = true;
      state.textContent = '已登录。 You are signed in.';
    } else if (answer.status === 403) {
      state.textContent = '链接已用过或已过期，请重新申请。 The link was used or is too old: ask for another.';
    } else {
      button.disabled = false;
      state.textContent = '现在不行，请再点一次。 Not possible right now, tap again.';
    }
  } catch (error) {
    button.disabled = false;
    state.textContent = '没有网络，请再点一次。 No network, tap again.';
  }
});
)";

constexpr std::string_view kAlertPage = R"(<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>tocsin</title><link rel="stylesheet" href="/page.css"><script src="/a.js" defer></script></head><body>
<h1>警报 Alert</h1>
<p id="text"></p>
<p id="state" role="status"></p>
<div id="answers" hidden>
<button type="button" data-answer="received">收到 Received</button>
<button type="button" data-answer="coming">前往 Coming</button>
<button type="button" data-answer="arrived">到达 Arrived</button>
<button type="button" data-answer="cannot">不能到 Cannot come</button>
</div>
<div id="decision" hidden>
<button type="button" data-decision="approve">启动 Approve</button>
<button type="button" data-decision="decline">不启动 Do not start</button>
<div id="enter" hidden>
<p id="asked"></p>
<input id="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="6" aria-label="验证码 Code">
<button id="send" type="button">确认 Send</button>
</div>
</div>
<noscript><p>请按短信的说明回复。 Reply to the text message as it says.</p></noscript>
</body></html>
)";

// The alert's id is the first eight bytes of the token; the API names it in Crockford's base32.
constexpr std::string_view kAlertScript = R"('use strict';
const state = document.getElementById('state');
const text = document.getElementById('text');
const answers = document.getElementById('answers');
const token = location.hash.slice(1);
const said = {received: '收到 Received', coming: '前往 Coming', arrived: '到达 Arrived', cannot: '不能到 Cannot come'};

function idOf(link) {
  const bytes = atob(link.replace(/-/g, '+').replace(/_/g, '/'));
  let number = 0n;
  for (let i = 0; i < 8; ++i) number = number * 256n + BigInt(bytes.charCodeAt(i));
  let id = '';
  for (let i = 12n; i >= 0n; --i) id += '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number((number >> (5n * i)) & 31n)];
  return id;
}

async function ask(path, body) {
  const wish = {headers: {Authorization: 'Bearer ' + token}, credentials: 'omit'};
  if (body) {
    wish.method = 'POST';
    wish.headers['Content-Type'] = 'application/json';
    wish.body = JSON.stringify(body);
  }
  return fetch(path, wish);
}

const decision = document.getElementById('decision');
const enter = document.getElementById('enter');
const code = document.getElementById('code');
let incident = 0, wanted = '', request = '', tries = 0;

function show(alert) {
  text.textContent = alert.text;
  incident = alert.incident;
  for (const button of answers.querySelectorAll('button')) {
    const travels = button.dataset.answer === 'coming' || button.dataset.answer === 'arrived';
    button.hidden = travels && alert.kind === 'approval';
  }
  decision.hidden = !alert.open || alert.kind !== 'approval' || alert.needs !== 'decision';
  answers.hidden = !alert.open;
  state.textContent = alert.answer && alert.answer in said ? '您的答复 You said: ' + said[alert.answer] : '';
}

const why = {403: '您不能决定，或验证码错误。 Not yours to decide, or a wrong code.',
             409: '已经决定了，或收不到验证码。 Decided already, or no phone for a code.',
             412: '级别已变化，请重新打开。 The level has changed: open the link again.',
             429: '刚刚发过验证码，请稍候。 A code was sent a moment ago: wait a little.'};
const asks = {approve: '启动 Approve', decline: '不启动 Do not start'};

// A tap asks for a code to this person's own phone; nothing is decided before it comes back.
function offerDecision() {
  for (const button of decision.querySelectorAll('[data-decision]')) {
    button.addEventListener('click', async () => {
      wanted = button.dataset.decision;
      try {
        const answer = request ? {ok: true} : await ask('/api/v1/incidents/' + incident + '/approval/code', {});
        if (!answer.ok) {
          state.textContent = why[answer.status] || '现在不行，请再点一次。 Not possible right now, tap again.';
          return;
        }
        if (!request) request = (await answer.json()).request;
        document.getElementById('asked').textContent =
          asks[wanted] + ': 请输入短信验证码。 Enter the code from the text message.';
        enter.hidden = false;
        code.focus();
      } catch (error) {
        state.textContent = '没有网络，请再点一次。 No network, tap again.';
      }
    });
  }
  document.getElementById('send').addEventListener('click', async () => {
    try {
      const answer = await ask('/api/v1/incidents/' + incident + '/approval',
                               {decision: wanted, request: request, code: code.value.trim()});
      if (answer.ok) {
        decision.hidden = true;
        state.textContent = '已决定 Decided: ' + asks[wanted];
      } else {
        state.textContent = why[answer.status] || '没有送达，请再点一次。 Not sent, tap again.';
        if (answer.status === 409) decision.hidden = true;
        if (answer.status === 403 && ++tries % 5 === 0) request = '';  // used up: the next tap asks for another
      }
    } catch (error) {
      state.textContent = '没有网络，请再点一次。 No network, tap again.';
    }
  });
}

async function start() {
  offerDecision();
  let path = '';
  try {
    path = '/api/v1/alerts/' + idOf(token);
  } catch (error) {
    state.textContent = '链接不完整。 The link is not whole.';
    return;
  }
  const over = '链接已过期，或事件已终止。 The link is too old, or it is over.';
  try {
    const answer = await ask(path);
    if (answer.ok) show(await answer.json());
    else state.textContent = answer.status < 500 ? over : '现在不行，请稍后再试。 Not possible right now.';
  } catch (error) {
    state.textContent = '没有网络。 No network.';
  }
  for (const button of answers.querySelectorAll('button')) {
    button.addEventListener('click', async () => {
      try {
        const answer = await ask(path + '/answer', {answer: button.dataset.answer});
        if (answer.ok) show(await answer.json());
        else state.textContent = answer.status < 500 ? over : '没有送达，请再点一次。 Not sent, tap again.';
      } catch (error) {
        state.textContent = '没有网络，请再点一次或回复短信。 No network: tap again, or reply by text.';
      }
    });
  }
}
start();
)";

}  // namespace

std::string_view sign_in_page() {
  return kSignInPage;
}
std::string_view alert_page() {
  return kAlertPage;
}
std::string_view sign_in_script() {
  return kSignInScript;
}
std::string_view alert_script() {
  return kAlertScript;
}
std::string_view page_style() {
  return kStyle;
}
std::string_view page_policy() {
  return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
         "form-action 'none'; frame-ancestors 'none'";
}

}  // namespace tocsin::https
