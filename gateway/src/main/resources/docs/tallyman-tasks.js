// Follows tasks of Tallyman. Each event of a task arrives once and in order, whatever happens to the connection.
// For browsers and for Node.js 20 or newer, without dependencies. docs/live.md describes the use.

const SUBPROTOCOL = "tallyman.tasks.v1";
const ENDS = new Set(["SUCCESS", "FAILURE", "REVOKED"]);

// Close codes after which another attempt would fail too: an error in this file, or a missing permission.
const FINAL_CODES = new Set([1003, 1007, 1009, 4400, 4403]);

const CONNECTING = 0; // the readyState of a WebSocket

// All times are in milliseconds.
const CONNECT_TIMEOUT = 10_000;
const PING_INTERVAL = 20_000;
const LONGEST_SILENCE = 45_000; // the gateway sends a comment every 15 s, or a pong
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 30_000;
const POLL_INTERVAL = 2_000;
const LONG_POLL_SECONDS = 25;

const TRANSPORTS = ["websocket", "sse", "poll"];
const MOST_WAITING = 1_000; // values

/** An answer of the gateway that is a problem (RFC 9457). */
export class TallymanError extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title);
    this.name = "TallymanError";
    this.problem = problem;
  }
}

/**
 * Yields the events of tasks until all of them have ended, or the events of all tasks that match a filter, without end.
 * tallyman-tasks.d.ts describes the parameters.
 */
export async function* follow(target, options = {}) {
  yield* new Follower(target, options).events();
}

class Follower {
  /** The last seq of each task that the caller has. Only for tasks, not for a filter. */
  #seqs = new Map();
  #ended = new Set();
  #tasks;
  #connected = false;

  constructor(target, options) {
    this.#tasks = typeof target === "string" ? [target] : Array.isArray(target) ? target : undefined;
    this.group = target.group_id;
    this.filter = target.filter;
    if (!this.#tasks && !this.group && !this.filter) {
      throw new TypeError("follow needs a task id, an array of task ids, {group_id} or {filter}");
    }
    this.gateway = options.gateway ?? ownOrigin();
    this.token = typeof options.token === "function" ? options.token : () => options.token;
    this.signal = options.signal;
    this.fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.WebSocket = options.WebSocket ?? globalThis.WebSocket;
    this.parse = options.parse ?? JSON.parse;
    this.onConnection = options.onConnection ?? (() => {});
    this.transports = (options.transports ?? TRANSPORTS).filter((name) => name !== "websocket" || this.WebSocket);
    if (this.transports.length === 0 || !this.transports.every((name) => TRANSPORTS.includes(name))) {
      throw new TypeError("no transport that exists here: websocket needs the option WebSocket in Node.js 20");
    }
    Object.entries(options.resumeFrom ?? {}).forEach(([task, seq]) => this.#seqs.set(task, seq));
  }

  /** Uses the first transport that connects. When its connection ends, it begins with the first one again. */
  async *events() {
    let transport = 0;
    let failures = 0;
    while (!this.#isOver()) {
      this.signal?.throwIfAborted();
      this.#connected = false;
      let atLeast = 0;
      try {
        this.#tasks ??= this.filter ? undefined : await this.#tasksOfGroup();
        for await (const event of this.#connect(this.transports[transport])) {
          failures = 0;
          if (this.#isNew(event)) {
            yield event;
          }
        }
        transport = 0;
        continue;
      } catch (failure) {
        this.signal?.throwIfAborted();
        if (isFinal(failure)) {
          throw failure;
        }
        atLeast = failure.atLeast ?? 0;
      }
      transport = this.#connected ? 0 : (transport + 1) % this.transports.length;
      this.#isConnected(false);
      if (transport === 0 && !this.#isOver()) {
        await sleep(atLeast + Math.random() * Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** failures++), this.signal);
      }
    }
  }

  #isConnected(connected) {
    if (connected !== this.#connected) {
      this.#connected = connected;
      this.onConnection(connected);
    }
  }

  #connect(transport) {
    switch (transport) {
      case "websocket":
        return this.#webSocket();
      case "sse":
        return this.#serverSentEvents();
      default:
        return this.#poll();
    }
  }

  #isOver() {
    return this.#tasks !== undefined && this.#running().length === 0;
  }

  #running() {
    return this.#tasks.filter((task) => !this.#ended.has(task));
  }

  #seqOf(task) {
    return this.#seqs.get(task) ?? 0;
  }

  /** Whether the caller does not have the event. A gap means that events were lost: the connection is given up. */
  #isNew(event) {
    if (this.filter || event.seq === undefined) {
      return true;
    }
    const last = this.#seqOf(event.task_id);
    if (event.seq <= last) {
      return false;
    }
    if (event.seq > last + 1) {
      throw new Error(`event ${last + 1} of task ${event.task_id} is missing`);
    }
    this.#seqs.set(event.task_id, event.seq);
    if (ENDS.has(event.status)) {
      this.#ended.add(event.task_id);
    }
    return true;
  }

  /** The task of an only id is thrown: nothing is left to follow. Of several, it becomes an event. */
  #gone(task, problem) {
    if (this.#tasks.length === 1) {
      throw new TallymanError(problem);
    }
    this.#ended.add(task);
    return { type: "error", task_id: task, problem };
  }

  async *#webSocket() {
    const url = new URL("/ws/tasks", this.gateway);
    url.protocol = url.protocol.replace("http", "ws");
    const ticket = await this.#ticket();
    if (ticket) {
      url.searchParams.set("ticket", ticket);
    }
    const inbox = new Inbox(this.signal);
    const socket = new this.WebSocket(url.href, SUBPROTOCOL);
    const send = (frame) => socket.send(JSON.stringify(frame));
    const silence = new Silence(CONNECT_TIMEOUT, () => inbox.end(new Error("the gateway is silent")));
    const pings = setInterval(() => this.#connected && send({ type: "ping", ref: "ping" }), PING_INTERVAL);
    socket.onopen = () => {
      this.#isConnected(true);
      silence.broken(LONGEST_SILENCE);
      send({ type: "subscribe", ref: "follow", ...this.#selection() });
    };
    socket.onmessage = ({ data }) => {
      silence.broken(LONGEST_SILENCE);
      inbox.push(this.parse(data));
    };
    socket.onerror = () => this.#connected || inbox.end(new Error("no WebSocket connection"));
    socket.onclose = ({ code, reason }) => inbox.end(closed(code, reason));
    try {
      for await (const frame of inbox) {
        yield* this.#eventsOf(frame);
        if (this.#isOver()) {
          return;
        }
      }
    } finally {
      clearInterval(pings);
      silence.end();
      socket.onmessage = null;
      socket.onclose = null;
      socket.onerror = () => {};
      if (socket.readyState === CONNECTING) {
        socket.onopen = () => socket.close(); // browsers warn about a socket that is closed before it is open
      } else {
        socket.close();
      }
    }
  }

  /** A WebSocket cannot send the token. So the token gets a ticket, which is sent in the address and works once. */
  async #ticket() {
    const token = await this.token();
    if (!token) {
      return undefined;
    }
    const controller = new AbortController();
    const silence = new Silence(CONNECT_TIMEOUT, () => controller.abort());
    const abort = () => controller.abort();
    this.signal?.addEventListener("abort", abort, { once: true });
    try {
      const request = { method: "POST", headers: authorization(token), signal: controller.signal };
      const response = await this.#fetched("/api/v1/stream-tickets", request);
      return JSON.parse(await response.text()).ticket;
    } finally {
      silence.end();
      this.signal?.removeEventListener("abort", abort);
    }
  }

  #selection() {
    const running = this.#tasks && this.#running();
    return running
      ? { task_ids: running, resume_from: Object.fromEntries(running.map((task) => [task, this.#seqOf(task)])) }
      : { filter: this.filter };
  }

  *#eventsOf(frame) {
    switch (frame.type) {
      case "event":
      case "progress":
        yield frame.event;
        break;
      case "snapshot":
        yield* this.#eventsOfSnapshot(frame);
        break;
      case "error":
        if (frame.task_id === null) {
          throw new TallymanError(frame.problem);
        }
        yield this.#gone(frame.task_id, frame.problem);
        break;
      default: // a pong, or a frame of a later release
    }
  }

  *#eventsOfSnapshot({ tasks, next_cursor }) {
    if (this.filter) {
      yield { type: "snapshot", tasks, next_cursor };
      return;
    }
    // Only tasks whose seq is lower than ours: the gateway's database was restored from a backup.
    for (const task of tasks) {
      this.#seqs.set(task.task_id, 0);
    }
    if (tasks.length > 0) {
      throw new Error("the history of a task has changed");
    }
  }

  async *#serverSentEvents() {
    const inbox = new Inbox(this.signal);
    const controller = new AbortController();
    const pump = async (events) => {
      for await (const event of events) {
        inbox.push(event);
      }
    };
    const streams = this.filter
      ? [this.#stream(this.#filtered("/api/v1/events"), 0, controller)]
      : this.#running().map((task) => this.#streamOfTask(task, controller));
    Promise.all(streams.map(pump)).then(
      () => inbox.end(new Error("the stream has ended")),
      (failure) => inbox.end(failure),
    );
    try {
      for await (const event of inbox) {
        yield event;
        if (this.#isOver()) {
          return;
        }
      }
    } finally {
      controller.abort();
    }
  }

  /** Fails if the stream ends before its task, so that all streams of the connection begin again. */
  async *#streamOfTask(task, controller) {
    let status;
    try {
      for await (const event of this.#stream(`/api/v1/tasks/${task}/events`, this.#seqOf(task), controller)) {
        if (event.seq === 1) {
          this.#seqs.set(task, 0); // the gateway does not know our seq: its database was restored from a backup
        }
        status = event.status ?? status;
        yield event;
      }
      if (!ENDS.has(status) && !this.#ended.has(task)) {
        throw new Error("the stream has ended");
      }
    } catch (failure) {
      if (!isGone(failure)) {
        throw failure;
      }
      yield this.#gone(task, failure.problem);
    }
  }

  async *#stream(path, seq, controller) {
    const silence = new Silence(LONGEST_SILENCE, () => controller.abort());
    try {
      const headers = { Accept: "text/event-stream", ...(seq > 0 && { "Last-Event-ID": String(seq) }) };
      const response = await this.#get(path, headers, controller.signal);
      this.#isConnected(true);
      if (response.status === 204) {
        this.#ended.add(path.split("/").at(-2));
        return;
      }
      let text = "";
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      // In Node.js 20, a read stays open if the request is aborted while the stream ends.
      controller.signal.addEventListener("abort", () => reader.cancel().catch(() => {}), { once: true });
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        silence.broken(LONGEST_SILENCE);
        const blocks = (text + read.value).split("\n\n");
        text = blocks.pop();
        yield* blocks.flatMap((block) => parsed(block, this.parse));
      }
    } finally {
      silence.end();
    }
  }

  /** One round: the events that are there, and then a long poll. */
  async *#poll() {
    if (this.filter) {
      const page = await this.#json(this.#filtered("/api/v1/tasks"));
      this.#isConnected(true);
      yield { type: "snapshot", tasks: page.data, next_cursor: page.next_cursor };
      await sleep(POLL_INTERVAL, this.signal);
      return;
    }
    for (const task of this.#running()) {
      yield* this.#history(task);
    }
    const [task, ...others] = this.#running();
    if (task !== undefined) {
      const wait = others.length === 0 ? LONG_POLL_SECONDS : POLL_INTERVAL / 1_000;
      const response = await this.#get(`/api/v1/tasks/${task}`, { Prefer: `wait=${wait}` }, this.signal);
      await response.text();
      if (!response.headers.has("Preference-Applied")) {
        await sleep(POLL_INTERVAL, this.signal);
      }
    }
  }

  async *#history(task) {
    try {
      const { data } = await this.#json(`/api/v1/tasks/${task}/events`);
      this.#isConnected(true);
      for (const event of data) {
        yield { type: typeOf(event.status), task_id: task, ...event, matches: true, task: null };
      }
    } catch (failure) {
      if (!isGone(failure)) {
        throw failure;
      }
      yield this.#gone(task, failure.problem);
    }
  }

  async #tasksOfGroup() {
    const group = await this.#json(`/api/v1/task-groups/${this.group}`);
    return group.tasks.map((task) => task.task_id);
  }

  #filtered(path) {
    return `${path}?${new URLSearchParams(this.filter)}`;
  }

  async #json(path) {
    const response = await this.#get(path, { Accept: "application/json" }, this.signal);
    return this.parse(await response.text());
  }

  async #get(path, headers, signal) {
    return this.#fetched(path, { headers: { ...headers, ...authorization(await this.token()) }, signal });
  }

  async #fetched(path, request) {
    const response = await this.fetch(new URL(path, this.gateway), { ...request, cache: "no-store" });
    if (!response.ok) {
      throw await rejected(response);
    }
    return response;
  }
}

/** Values that wait for their reader. If too many wait, it ends; the reader connects again and gets the rest. */
class Inbox {
  #values = [];
  #failure;
  #wake = () => {};
  #signal;
  #abort = () => this.end(this.#signal.reason);

  constructor(signal) {
    this.#signal = signal;
    signal?.addEventListener("abort", this.#abort);
  }

  push(value) {
    if (this.#values.length >= MOST_WAITING) {
      this.end(new Error("too many events wait for their reader"));
    }
    if (!this.#failure) {
      this.#values.push(value);
      this.#wake();
    }
  }

  end(failure) {
    this.#failure ??= failure;
    this.#wake();
  }

  async *[Symbol.asyncIterator]() {
    try {
      while (true) {
        while (this.#values.length > 0) {
          yield this.#values.shift();
        }
        if (this.#failure) {
          throw this.#failure;
        }
        await new Promise((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.#signal?.removeEventListener("abort", this.#abort);
    }
  }
}

/** Calls back when nothing was heard for a while. */
class Silence {
  #timer;
  #callback;

  constructor(patience, callback) {
    this.#callback = callback;
    this.broken(patience);
  }

  broken(patience) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#callback, patience);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

/** The event of a block of a stream. A block without data is a comment or `retry`. */
function parsed(block, parse) {
  const lines = block.split("\n");
  const valueOf = (field) => lines.find((line) => line.startsWith(`${field}:`))?.slice(field.length + 1).trim();
  const data = valueOf("data");
  return data === undefined ? [] : [{ type: valueOf("event"), ...parse(data) }];
}

function typeOf(status) {
  const ends = { SUCCESS: "succeeded", FAILURE: "failed" };
  return `task.${ends[status] ?? status.toLowerCase()}`;
}

function closed(code, reason) {
  const failure = new Error(`the gateway closed the connection: ${code} ${reason}`);
  failure.isFinal = FINAL_CODES.has(code);
  failure.atLeast = code === 4429 ? 10_000 : 0;
  return failure;
}

function authorization(token) {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function rejected(response) {
  const text = await response.text();
  try {
    return new TallymanError({ status: response.status, ...JSON.parse(text) });
  } catch {
    return new TallymanError({ status: response.status, title: `${response.status} ${text}` });
  }
}

/** Whether the next attempt would fail too. 406 is of a proxy or gateway that does not know the transport. */
function isFinal(failure) {
  const status = failure.problem?.status;
  return failure.isFinal || (status >= 400 && status < 500 && ![406, 408, 429].includes(status));
}

function isGone(failure) {
  return failure.problem?.status === 404 || failure.problem?.status === 410;
}

function ownOrigin() {
  const own = new URL(import.meta.url);
  if (!own.protocol.startsWith("http")) {
    throw new TypeError("the option gateway is missing, such as {gateway: 'http://localhost:8080'}");
  }
  return own.origin;
}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
