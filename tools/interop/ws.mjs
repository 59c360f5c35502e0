// npm's ws as a client of a server of elios: URL and token from the environment.
import { createRequire } from 'node:module';
import { Queue, check, dialogue, done } from './dialogue.mjs';

const WebSocket = createRequire(`${process.env.ELIOS_INTEROP_DIR}/`)('ws');
const { ELIOS_URL: url, ELIOS_TOKEN: token } = process.env;

function open({ protocols = ['elios.v1'], headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${url}/v1/ws`, protocols, { headers });
    const q = new Queue();
    ws.on('open', () => resolve({
      protocol: ws.protocol,
      send: (text) => ws.send(text),
      sendBinary: (b) => ws.send(b, { binary: true }),
      cut: () => ws.terminate(),
      next: () => q.next(),
    }));
    ws.on('message', (data, binary) => {
      check(!binary, 'a binary frame');
      q.push(JSON.parse(data.toString()));
    });
    ws.on('close', (code, reason) => q.push({ closed: code, reason: reason.toString() }));
    ws.on('unexpected-response', (_req, res) => { res.resume(); reject(Object.assign(new Error('refused'), { status: res.statusCode })); });
    ws.on('error', (e) => { if (ws.readyState === WebSocket.CONNECTING) reject(e); });
  });
}

const id = await dialogue(open, token, 'ws');

// A token in the header, and a frame that is no UTF-8.
const s = await open({ headers: { Authorization: `Bearer ${token}` } });
s.send(JSON.stringify({ type: 'hello', data: { interview: id, after: 0 } }));
check((await s.next()).type === 'welcome', 'a welcome by header');
s.cut();
const raw = new WebSocket(`${url}/v1/ws`, ['elios.v1']);
const code = await new Promise((resolve) => {
  raw.on('open', () => raw.send(Buffer.from([0x7b, 0xff, 0x7d]), { binary: false }));
  raw.on('close', resolve);
});
check(code === 1007, `not UTF-8: closed with ${code}`);
done();
