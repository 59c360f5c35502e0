// The dialogue that every client has with a server of elios, over whatever
// WebSocket it brings: open({ path, protocols, token, onOpen }) gives a socket with
// send(text), sendBinary(bytes), cut() and next(), which waits for a message or
// { closed: code }.
let checks = 0;

export function check(ok, what) {
  if (!ok) throw new Error(what);
  checks++;
}

export function done() {
  console.log(`ok: ${checks} checks`);
  process.exit(0); // whatever is still open
}

// Queue lets messages be waited for.
export class Queue {
  #ready = [];
  #waiting = [];
  push(m) {
    const w = this.#waiting.shift();
    w ? w(m) : this.#ready.push(m);
  }
  next() {
    if (this.#ready.length) return Promise.resolve(this.#ready.shift());
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('no message came within 20 s')), 20000);
      this.#waiting.push((m) => { clearTimeout(late); resolve(m); });
    });
  }
}

const say = (s, type, id, data) => s.send(JSON.stringify({ type, id, data }));

// until reads on to a message that fits, and keeps every event on the way.
async function until(s, seen, fits) {
  for (;;) {
    const m = await s.next();
    if (m.closed) throw new Error(`closed with ${m.closed} (${m.reason ?? ''})`);
    if (m.seq) {
      check(m.seq === seen.length + 1, `event ${m.seq} after ${seen.length}`);
      seen.push(m.type);
    }
    if (fits(m)) return m;
  }
}

const of = (type) => (m) => m.type === type;
const to = (id) => (m) => m.re === id;

async function closes(open, how, code, act) {
  const s = await open(how);
  await act(s);
  for (;;) {
    const m = await s.next();
    if (m.closed) {
      check(m.closed === code, `closed with ${m.closed}, want ${code}`);
      return;
    }
    if (m.type === 'bye') check(m.data.code === code, `bye says ${m.data.code}, want ${code}`);
  }
}

const wrong = 'elios_' + 'A'.repeat(43);

export async function dialogue(open, token, name) {
  const seen = [];
  let s = await open({});
  check(s.protocol === 'elios.v1', `subprotocol ${s.protocol}`);
  say(s, 'hello', undefined, { token, client: { name } });
  const welcome = await until(s, seen, of('welcome'));
  check(welcome.data.token.scope === 'host' && welcome.data.limits.message_bytes === 262144, 'the welcome');
  say(s, 'create', `${name}-c`, { bank: 'go', count: 1, seed: 7 });
  const made = await until(s, seen, to(`${name}-c`));
  check(made.type === 'ack', `create: ${JSON.stringify(made)}`);
  const id = made.data.interview;
  say(s, 'start', 's');
  let q = await until(s, seen, of('question'));
  say(s, 'draft', 'd', { turn: 1, text: 'half' });
  await until(s, seen, (m) => m.re === 'd' && m.type === 'ack');
  say(s, 'ping', 'p');
  await until(s, seen, (m) => m.type === 'pong' && m.re === 'p');
  const first = { turn: q.data.turn, text: 'A channel lets goroutines hand values to one another; a nil one blocks.' };
  say(s, 'answer', 'a1', first);
  const ack = await until(s, seen, to('a1'));
  check(ack.type === 'ack' && !ack.data.dup, `answer: ${JSON.stringify(ack)}`);
  s.cut(); // no goodbye

  s = await open({});
  say(s, 'hello', undefined, { token, interview: id, after: seen.length });
  await until(s, seen, of('welcome'));
  say(s, 'answer', 'a1', first);
  const again = await until(s, seen, to('a1'));
  check(again.data.dup === true && again.data.seq === ack.data.seq, `sent again: ${JSON.stringify(again)}`);
  say(s, 'answer', 'a1', { ...first, text: 'something else' });
  check((await until(s, seen, to('a1'))).data.code === 'id_reused', 'other content under the same id');
  say(s, 'party', 'x');
  check((await until(s, seen, to('x'))).data.code === 'unknown_type', 'an unknown type');
  if (!seen.includes('evaluation')) await until(s, seen, of('evaluation'));
  say(s, 'end', 'e');
  await until(s, seen, of('completed'));
  check(seen[0] === 'created' && seen.filter((t) => t === 'evaluation').length === 1, `events ${seen}`);
  const last = seen.length;
  s.cut();

  const all = [];
  s = await open({});
  say(s, 'hello', undefined, { token, interview: id, after: 0 });
  while (all.length < last) await until(s, all, (m) => m.seq);
  check(all.join() === seen.join(), 'the same events once more');
  s.cut();

  await closes(open, {}, 4401, (s) => say(s, 'hello', undefined, { token: wrong }));
  await closes(open, {}, 4400, (s) => say(s, 'ping', 'p'));
  await closes(open, {}, 4404, (s) => say(s, 'hello', undefined, { token, interview: 'ffffffff' }));
  await closes(open, {}, 4426, (s) => say(s, 'hello', undefined, { token, protocol: 'elios.v9' }));
  await closes(open, {}, 1003, (s) => s.sendBinary(new Uint8Array([123, 125])));
  await closes(open, {}, 1009, (s) => s.send('x'.repeat(262145)));
  let refused = 0;
  await open({ protocols: ['other.v1'] }).catch((e) => { refused = e.status ?? 400; });
  check(refused === 400, `an unknown subprotocol: ${refused}`);
  return id;
}
