#include "adapters/https/link_pages.h"

namespace tocsin::https {
namespace {

constexpr std::string_view kStyle = R"(body{font-family:sans-serif;max-width:30rem;margin:0 auto;padding:1rem;
line-height:1.6;font-size:1.15rem;color:#111;background:#fff}
h1{font-size:1.3rem;border-bottom:4px solid #c00}
button{display:block;width:100%;margin:.6rem 0;padding:1rem;font-size:1.3rem;border:1px solid #333;border-radius:.5rem;
background:#fff;color:#111}
button.main{background:#c00;border-color:#c00;color:#fff}
button[aria-pressed=true]{background:#333;color:#fff}
button:active,button:disabled{opacity:.6}
[hidden]{display:none}
input{width:100%;box-sizing:border-box;padding:.8rem;font-size:1.6rem;letter-spacing:.4rem}
#text{white-space:pre-wrap;border-left:4px solid #c00;padding-left:.8rem}
#state,#why{font-weight:bold}
#answers.after{margin-top:2rem;border-top:1px solid #999}
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
<h1 id="title">警报 Alert</h1>
<p id="text"></p>
<p id="state" role="status"></p>
<div id="decision" hidden>
<button type="button" class="main" data-decision="approve">启动 Start the response</button>
<button type="button" data-decision="decline">不启动 Do not start it</button>
<div id="enter" hidden>
<p id="asked"></p>
<input id="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="6" aria-label="验证码 Code">
<p id="why" role="alert"></p>
<button id="send" class="main" type="button">确认 Confirm</button>
</div>
</div>
<div id="answers" hidden>
<button type="button" data-answer="received">收到 Received</button>
<button type="button" data-answer="coming">前往 Coming</button>
<button type="button" data-answer="arrived">到达 Arrived</button>
<button type="button" data-answer="cannot">不能到 Cannot come</button>
</div>
<noscript><p>请按短信的说明回复。 Reply to the text message as it says.</p></noscript>
</body></html>
)";

// The alert's id is the first eight bytes of the token; the API names it in Crockford's base32.
constexpr std::string_view kAlertScript = R"('use strict';
const part = (id) => document.getElementById(id);
const state = part('state');
const why = part('why');
const answers = part('answers');
const decision = part('decision');
const token = location.hash.slice(1);
const said = {received: '收到 Received', coming: '前往 Coming', arrived: '到达 Arrived', cannot: '不能到 Cannot come'};
const cannotDecide = '我不能决定 I cannot decide';
const asks = {approve: '启动 Start', decline: '不启动 Do not start'};
const confirms = {approve: '确认启动 Confirm: start', decline: '确认不启动 Confirm: do not start'};
const decided = {approved: '已决定：启动。 Decided: it starts.',
                 declined: '已决定：不启动。 Decided: it does not start.',
                 started_by_default: '无人按时决定，已按预案启动。 Nobody decided in time: it started, as planned.',
                 left_by_default: '无人按时决定，按预案不启动。 Nobody decided in time: it does not start, as planned.'};
const nothing = '不再需要您决定。 No decision is needed from you any more.';
const over = '链接已过期，或事件已终止。 The link is too old, or it is over.';
const refused = {403: '验证码错误或已用过，或由他人决定。 A wrong or used code, or others decide.',
                 412: '级别已变化，请重新打开。 The level has changed: open the link again.',
                 429: '刚刚发过验证码，请稍候再点。 A code was sent a moment ago: wait a little.'};
let path = '', incident = 0, wanted = '', request = '', tries = 0;

function idOf(link) {
  const bytes = atob(link.replace(/-/g, '+').replace(/_/g, '/'));
  let number = 0n;
  for (let i = 0; i < 8; ++i) number = number * 256n + BigInt(bytes.charCodeAt(i));
  let id = '';
  for (let i = 12n; i >= 0n; --i) id += '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number((number >> (5n * i)) & 31n)];
  return id;
}

async function ask(where, body) {
  const wish = {headers: {Authorization: 'Bearer ' + token}, credentials: 'omit'};
  if (body) {
    wish.method = 'POST';
    wish.headers['Content-Type'] = 'application/json';
    wish.body = JSON.stringify(body);
  }
  return fetch(where, wish);
}

function show(alert) {
  const toDecide = alert.kind === 'approval';
  const asked = toDecide && alert.needs === 'decision';
  incident = alert.incident;
  part('title').textContent = toDecide ? '请您决定 Your decision' : '警报 Alert';
  part('text').textContent = alert.text;
  decision.hidden = !alert.open || !asked;
  answers.hidden = !alert.open || (toDecide && !asked);
  answers.classList.toggle('after', toDecide);
  for (const button of answers.querySelectorAll('button')) {
    const answer = button.dataset.answer;
    button.hidden = toDecide && (answer === 'coming' || answer === 'arrived');
    button.textContent = toDecide && answer === 'cannot' ? cannotDecide : said[answer];
    button.setAttribute('aria-pressed', String(alert.answer === answer));
  }
  if (toDecide && !asked) state.textContent = decided[alert.approval] || nothing;
  else if (alert.answer in said) state.textContent = '您的答复 You said: ' +
    (toDecide && alert.answer === 'cannot' ? cannotDecide : said[alert.answer]);
}

async function refresh() {
  const answer = await ask(path);
  if (answer.ok) show(await answer.json());
  else state.textContent = answer.status < 500 ? over : '现在不行，请稍后再试。 Not possible right now.';
}

// Does it once for each tap; what goes wrong on the way is said where the eye is.
function onTap(button, where, does) {
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await does(button);
    } catch (error) {
      where.textContent = '没有网络，请再点一次或回复短信。 No network: tap again, or reply by text.';
    }
    button.disabled = false;
  });
}

// Says once that a person has the page before them: at the first touch, or after it was in view for a while.  A preview
// of the link fetches it and does neither.
function whenSeen() {
  const signs = ['pointerdown', 'keydown', 'scroll', 'touchstart'];
  let said = false;
  const say = () => {
    if (said || document.visibilityState !== 'visible') return;
    said = true;
    for (const sign of signs) removeEventListener(sign, say);
    ask(path + '/seen', {}).catch(() => { said = false; });
  };
  for (const sign of signs) addEventListener(sign, say, {passive: true});
  const look = () => { if (document.visibilityState === 'visible') setTimeout(say, 5000); };
  document.addEventListener('visibilitychange', look);
  look();
}

async function answered(button) {
  const answer = await ask(path + '/answer', {answer: button.dataset.answer});
  if (answer.ok) show(await answer.json());
  else state.textContent = answer.status < 500 ? over : '没有送达，请再点一次。 Not sent, tap again.';
}

// A tap asks for a code to this person's own phone; nothing is decided before it comes back.
async function chosen(button) {
  wanted = button.dataset.decision;
  if (!request) {
    const answer = await ask('/api/v1/incidents/' + incident + '/approval/code', {});
    if (!answer.ok) {
      state.textContent = answer.status === 409 ? '收不到验证码，或已经决定了。 No phone for a code, or decided already.'
        : refused[answer.status] || '现在不行，请再点一次。 Not possible right now, tap again.';
      if (answer.status === 409) await refresh();
      return;
    }
    request = (await answer.json()).request;
  }
  for (const one of decision.querySelectorAll('[data-decision]')) {
    one.setAttribute('aria-pressed', String(one === button));
  }
  part('asked').textContent = asks[wanted] + '：验证码已发到您的手机，请输入。 A code was sent to your phone: enter it.';
  part('send').textContent = confirms[wanted];
  why.textContent = '';
  state.textContent = '';
  answers.hidden = true;
  part('enter').hidden = false;
  part('code').focus();
}

async function confirmed() {
  const body = {decision: wanted, request: request, code: part('code').value.trim()};
  const answer = await ask('/api/v1/incidents/' + incident + '/approval', body);
  if (answer.ok || answer.status === 409) return refresh();
  why.textContent = refused[answer.status] || '没有送达，请再点一次。 Not sent, tap again.';
  if (answer.status === 403 && ++tries % 5 === 0) {  // used up: the next tap on a decision asks for another
    request = '';
    part('enter').hidden = true;
    state.textContent = '此验证码已作废，请重新选择。 This code is used up: choose again.';
  }
}

async function start() {
  try {
    path = '/api/v1/alerts/' + idOf(token);
  } catch (error) {
    state.textContent = '链接不完整。 The link is not whole.';
    return;
  }
  for (const button of answers.querySelectorAll('button')) onTap(button, state, answered);
  for (const button of decision.querySelectorAll('[data-decision]')) onTap(button, state, chosen);
  onTap(part('send'), why, confirmed);
  whenSeen();
  try {
    await refresh();
  } catch (error) {
    state.textContent = '没有网络。 No network.';
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
