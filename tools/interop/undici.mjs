// npm's undici, whose WebSocket is that of browsers, and its plain HTTP, as
// clients of a server of elios: URL and token from the environment.
import { createRequire } from 'node:module';
import { Queue, check, dialogue, done } from './dialogue.mjs';

const { WebSocket, request } = createRequire(`${process.env.ELIOS_INTEROP_DIR}/`)('undici');
const { ELIOS_URL: url, ELIOS_TOKEN: token } = process.env;

function open({ protocols = ['elios.v1'] } = {}) {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${url.replace('http', 'ws')}/v1/ws`, protocols);
    const q = new Queue();
    ws.onopen = () => resolve({
      protocol: ws.protocol,
      send: (text) => ws.send(text),
      sendBinary: (b) => ws.send(b),
      cut: () => ws.close(),
      next: () => q.next(),
    });
    ws.onmessage = (e) => q.push(JSON.parse(e.data));
    ws.onclose = (e) => q.push({ closed: e.code, reason: e.reason });
    ws.onerror = () => { if (ws.readyState !== WebSocket.OPEN) reject(new Error('refused')); };
  });
}

await dialogue(open, token, 'undici');

// The same by plain HTTP.
async function ask(method, path, { body, key, accept } = {}) {
  const headers = { authorization: `Bearer ${token}` };
  if (key) headers['idempotency-key'] = key;
  if (accept) headers.accept = accept;
  const res = await request(url + path, { method, headers, body: body && JSON.stringify(body) });
  return res;
}
async function json(status, method, path, more) {
  const res = await ask(method, path, more);
  const text = await res.body.text();
  check(res.statusCode === status, `${method} ${path}: ${res.statusCode} ${text}`);
  return text && JSON.parse(text);
}

const create = { body: { bank: 'go', count: 1, seed: 8 }, key: 'http-1' };
const { id } = await json(201, 'POST', '/v1/interviews', create);
check((await json(200, 'POST', '/v1/interviews', create)).id === id, 'created once');
check((await json(409, 'POST', '/v1/interviews', { ...create, body: { bank: 'go', count: 2 } })).code === 'id_reused', 'other content');
const at = `/v1/interviews/${id}`;
await json(200, 'POST', `${at}/commands`, { body: { type: 'start', id: 's' } });
await json(204, 'PUT', `${at}/draft`, { body: { turn: 1, text: 'half' } });
check((await json(200, 'GET', at)).draft === 'half', 'the draft');
const p = await json(409, 'POST', `${at}/commands`, { body: { type: 'answer', id: 'a', data: { turn: 9, text: 'x' } } });
check(p.type === 'urn:elios:error:stale_turn' && p.turn === 1 && p.status === 409, JSON.stringify(p));

const stream = await ask('GET', `${at}/events?after=2`, { accept: 'text/event-stream' });
check(stream.headers['content-type'] === 'text/event-stream', 'server-sent events');
await json(200, 'POST', `${at}/commands`, { body: { type: 'end', id: 'e' } });
let text = '';
for await (const part of stream.body) {
  text += part;
  if (text.includes('event: completed')) break;
}
const ids = [...text.matchAll(/^id: (\d+)$/gm)].map((m) => Number(m[1]));
check(ids.length > 2 && ids.every((n, i) => n === i + 3), `ids ${ids}`);
const { events } = await json(200, 'GET', `${at}/events?after=0`);
check(events.every((e, i) => e.seq === i + 1) && events.at(-1).type === 'completed', 'events as JSON');
check((await json(200, 'GET', `${at}/report`)).interview.id === id, 'the report');
check((await json(404, 'GET', '/v1/interviews/ffffffff')).code === 'not_found', 'no such interview');
done();
