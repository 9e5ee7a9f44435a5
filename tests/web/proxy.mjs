// For work on the web app: serves the files of a folder (web/build.mjs --out) as the daemon would, and hands everything
// else to a daemon.  With TOCSIN_WEB=FOLDER the tests' office stands behind it, so that a change of a page needs no
// build of the program.
import { existsSync, readFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:https';
import { join } from 'node:path';

// The daemon's own headers of a page: its policy knows where tiles come from.
function policy_of(daemon, agent) {
  return new Promise((done, failed) => {
    request({ host: 'localhost', port: daemon(), path: '/desk', agent, servername: 'localhost' }, (came) => {
      came.resume();
      done(came.headers['content-security-policy']);
    }).on('error', failed).end();
  });
}

export async function start_proxy({ folder, port, daemon, certificate, ca, key }) {
  const agent = new Agent({ keepAlive: true, ca });
  const policy = await policy_of(daemon, agent);
  const server = createServer({ cert: certificate, key }, (asked, answer) => {
    const path = asked.url.split('?')[0];
    const { files } = JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8'));
    const file = files.find((f) => f.path === path);
    if (file !== undefined && asked.method === 'GET') {
      const name = path === '/' ? 'index.html' : file.type.startsWith('text/html') ? `${path.slice(1)}.html` : path.slice(1);
      const zipped = existsSync(join(folder, `${name}.gz`));
      answer.writeHead(200, {
        'Content-Type': file.type, 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer', 'Cache-Control': file.lasting ? 'max-age=31536000' : 'no-cache',
        ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
      });
      answer.end(readFileSync(join(folder, zipped ? `${name}.gz` : name)));
      return;
    }
    const on = request({ host: 'localhost', port: daemon(), path: asked.url, method: asked.method, headers: asked.headers, agent, servername: 'localhost' },
      (came) => {
        answer.writeHead(came.statusCode, came.headers);
        came.pipe(answer);
      });
    on.on('error', () => answer.destroy());
    asked.pipe(on);
  });
  return new Promise((done) => server.listen(port, '127.0.0.1', () => done(server)));
}
