import { Box, token } from './keep.js';
import { newID } from './server.js';

// Link is the WebSocket to one interview. It comes back by itself, asks for the
// events it has not got, and sends again, under the same id, what has not been
// acknowledged: also after the page was loaded anew.

// What connecting again cannot help, and the words for it.
const FINAL = {
  1000: 'The server has closed the connection.',
  1003: 'The server and this page do not understand each other; load the page again.',
  1007: 'The server and this page do not understand each other; load the page again.',
  1009: 'That was too long for one message.',
  4400: 'The server and this page do not understand each other; load the page again.',
  4401: 'Your token is good for nothing any more: the host has taken it back. Ask them for a new one.',
  4403: 'Your token is not good for this interview. Ask the host for a new one.',
  4404: 'This interview is gone: the host has deleted it, or it was never yours.',
  4410: 'Your token has expired. Ask the host for a new one.',
  4426: 'The server speaks another version; load the page again.',
};

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15000;
const PONG_WITHIN = 10000;
const WELCOME_WITHIN = 15000;

export class Link {
  // heard gets events and live messages; changed is called when `up`, `retryAt`,
  // `over` or the number of unsent messages is another; forgotten when the
  // server's database is not the one it was, and everything begins at event 1.
  constructor(interview, { heard, changed, forgotten }) {
    Object.assign(this, { interview, heard, changed, forgotten, up: false, retryAt: 0, over: '', after: 0 });
    this.box = new Box('outbox', interview);
    this.waiting = new Map(this.box.all().map(({ value: m }) => [m.id, { message: m, settle: [] }]));
    this.tries = 0;
    this.wake = () => this.soon();
    for (const event of ['online', 'offline', 'pageshow']) addEventListener(event, this.wake);
    document.addEventListener('visibilitychange', this.wake);
    this.connect();
  }

  // send gives a promise of the ack. A refusal of the server is thrown.
  send(type, data, id = newID()) {
    const message = { type, id, data };
    const answered = new Promise((resolve, reject) => this.waiting.set(id, { message, settle: [resolve, reject] }));
    // A draft is not kept here: the words are, by whoever types them.
    if (type !== 'draft') this.box.set(id, message);
    this.changed();
    if (this.up) this.socket.send(JSON.stringify(message));
    return answered;
  }

  get unsent() {
    return [...this.waiting.values()].filter((w) => w.message.type !== 'draft').length;
  }

  // unsentOf is the text of an answer that waits to be sent.
  unsentOf(turn) {
    return [...this.waiting.values()].find((w) => w.message.type === 'answer' && w.message.data.turn === turn)?.message.data.text;
  }

  connect() {
    this.retryAt = 0;
    const url = new URL('v1/ws', document.baseURI);
    url.protocol = url.protocol.replace('http', 'ws');
    url.hash = '';
    const socket = new WebSocket(url, 'elios.v1');
    this.socket = socket;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost({ code: 4408 }), WELCOME_WITHIN);
    socket.onopen = () => {
      const data = { token: token(), interview: this.interview, after: this.after, client: { name: 'elios page' } };
      socket.send(JSON.stringify({ type: 'hello', data }));
    };
    socket.onmessage = (e) => this.socket === socket && this.take(JSON.parse(e.data));
    socket.onclose = (e) => this.socket === socket && this.lost(e);
    this.changed();
  }

  take(m) {
    clearTimeout(this.silence);
    if (m.seq) return this.event(m);
    switch (m.type) {
      case 'welcome':
        return this.welcome(m.data);
      case 'ack':
      case 'error':
        return this.settle(m);
      case 'bye':
        this.bye = m.data;
        return;
      case 'pong':
        return;
    }
    this.heard(m);
  }

  event(m) {
    if (m.seq <= this.after) return;
    this.after = m.seq;
    this.heard(m);
  }

  welcome(data) {
    if ((this.store && data.store !== this.store) || data.last_seq < this.after) {
      this.after = 0;
      this.store = data.store;
      this.forgotten();
      this.socket.close(); // and come back for the events from the first on
      return;
    }
    Object.assign(this, { store: data.store, up: true, tries: 0, bye: undefined });
    this.heard({ type: 'welcome', data });
    for (const w of this.waiting.values()) this.socket.send(JSON.stringify(w.message));
    clearInterval(this.beat);
    this.beat = setInterval(() => this.ping(), data.heartbeat_ms);
    this.changed();
  }

  settle(m) {
    if (m.type === 'error' && m.data.code === 'not_found') return this.lost({ code: 4404 }); // it was deleted elsewhere
    const w = this.waiting.get(m.re);
    if (!w) return;
    if (m.type === 'error' && m.data.recoverable && m.data.retry_after_ms) {
      setTimeout(() => this.up && this.waiting.has(m.re) && this.socket.send(JSON.stringify(w.message)), m.data.retry_after_ms);
      return;
    }
    this.waiting.delete(m.re);
    this.box.remove(m.re);
    this.changed();
    const [resolve, reject] = w.settle;
    if (m.type === 'ack') resolve?.(m.data);
    else if (reject) reject(Object.assign(new Error(m.data.message), m.data));
    else this.heard({ ...m, to: w.message });
  }

  // ping finds out whether anybody is still there: a browser says nothing of a
  // connection that has gone without a word.
  ping() {
    if (!this.up) return;
    this.socket.send(JSON.stringify({ type: 'ping', id: newID() }));
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost({ code: 4408 }), PONG_WITHIN);
  }

  // soon connects again at once, or asks whether the connection still holds.
  soon() {
    if (this.over) return;
    if (this.up) this.ping();
    else if (this.retryAt && navigator.onLine) this.again(0);
  }

  lost({ code }) {
    const { bye, socket } = this;
    this.socket = undefined;
    socket?.close();
    clearInterval(this.beat);
    clearTimeout(this.silence);
    this.up = false;
    if (FINAL[code]) {
      Object.assign(this, { over: FINAL[code], code });
      this.changed();
      return;
    }
    // Full jitter, so that a thousand pages do not come at once.
    this.tries++;
    const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.tries - 1));
    this.again(bye?.retry_after_ms ?? Math.random() * most);
    this.bye = undefined;
  }

  again(wait) {
    clearTimeout(this.timer);
    this.retryAt = performance.now() + wait;
    this.timer = setTimeout(() => this.connect(), wait);
    this.changed();
  }

  close() {
    this.over = 'closed';
    for (const event of ['online', 'offline', 'pageshow']) removeEventListener(event, this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    clearTimeout(this.timer);
    clearInterval(this.beat);
    clearTimeout(this.silence);
    const socket = this.socket;
    this.socket = undefined;
    socket?.close(1000);
  }
}
