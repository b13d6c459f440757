// Requests to the API. A failure is a Problem, whether the gateway refused the request or did not answer.
import { parse, write } from "./json.js";
import { csrfHeader, isNow, loggedIn } from "./access.js";

export const API = "/api/v1";

const NO_ANSWER = "dashboard:no-answer";
const MOST_REPEATS = 3;
const REPEAT_AFTER = 1_000;
const RELEASE_AFTER = 60_000;

export class Problem extends Error {
  /** @param {object} problem RFC 9457; without a type if no gateway answered */
  constructor(problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }

  get slug() {
    return slugOf(this.problem.type);
  }
}

/** The last part of a problem's type, which is the key of its texts. */
export function slugOf(type) {
  return type?.split(":").at(-1);
}

export function get(path, signal) {
  return request(path, { signal });
}

/** Saves an answer of this type as a file, once it is complete. A link could not ask for a type, and could save a part. */
export async function download(path, type, name) {
  const file = await withLogin(() => sendFor(path, { headers: { Accept: type } }, (response) => response.blob()));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), RELEASE_AFTER);
}

/** A POST. Without an answer it is repeated with the same key, so it is executed once. */
export async function post(path, body) {
  const options = {
    method: "POST",
    headers: { "Idempotency-Key": newKey(), ...(body !== undefined && { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : write(body),
  };
  for (let repeats = 0; ; repeats++) {
    try {
      return await request(path, options);
    } catch (failure) {
      if (repeats === MOST_REPEATS || !isPassing(failure)) {
        throw failure;
      }
      await new Promise((resolve) => setTimeout(resolve, REPEAT_AFTER));
    }
  }
}

/** Whether the same request may succeed later. */
export function isPassing({ problem }) {
  return problem !== undefined && (problem.type === NO_ANSWER || problem.status === 503);
}

/** A request without a key. It is not repeated. */
export function change(method, path, body) {
  return request(path, {
    method,
    ...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: write(body) }),
  });
}

export function put(path, body) {
  return change("PUT", path, body);
}

/**
 * Sends a file as it is.
 * @param onSent is told the bytes that have been sent. fetch cannot tell them.
 */
export function upload(path, file, { keyed = true, onSent = () => {} } = {}) {
  const isGzip = file.type === "application/gzip" || file.type === "application/x-gzip" || file.name?.endsWith(".gz");
  const headers = {
    "Content-Type": "text/csv",
    ...(isGzip && { "Content-Encoding": "gzip" }),
    ...(keyed && { "Idempotency-Key": newKey() }),
  };
  return withLogin(
    () =>
      new Promise((resolve, reject) => {
        const sending = new XMLHttpRequest();
        sending.open("POST", `${API}/${path}`);
        Object.entries({ ...headers, ...csrfHeader() }).forEach(([name, value]) => sending.setRequestHeader(name, value));
        sending.upload.onprogress = (event) => onSent(event.loaded);
        sending.onload = () => {
          const ok = sending.status >= 200 && sending.status < 300;
          ok ? resolve(parse(sending.responseText)) : reject(new Problem(problemOf(sending, sending.responseText)));
        };
        sending.onerror = () => reject(new Problem({ type: NO_ANSWER }));
        sending.send(file);
      }),
  );
}

function request(path, options) {
  return withLogin(() => send(path, options));
}

/** Sends a request again after a login, if it needs one, and once after another tab has logged in. */
async function withLogin(sent) {
  for (let hasRead = false; ; ) {
    try {
      return await sent();
    } catch (failure) {
      if (failure.slug === "not-authenticated") {
        await loggedIn();
      } else if (failure.slug === "csrf-token-missing" && !hasRead) {
        hasRead = true;
        isNow(await send("auth/session", {}));
      } else {
        throw failure;
      }
    }
  }
}

async function send(path, options) {
  const text = await sendFor(path, options, (response) => response.text());
  return text === "" ? undefined : parse(text);
}

/** @param read reads the body of an answer that is no problem */
async function sendFor(path, options, read) {
  const headers = { ...options.headers, ...(options.method && csrfHeader()) };
  let response;
  try {
    response = await fetch(path.startsWith("/") ? path : `${API}/${path}`, { cache: "no-store", ...options, headers });
  } catch (failure) {
    throw options.signal?.aborted ? failure : new Problem({ type: NO_ANSWER });
  }
  heard(response.headers.get("Date"));
  if (!response.ok) {
    throw new Problem(problemOf(response, await response.text()));
  }
  try {
    return await read(response);
  } catch (failure) {
    throw options.signal?.aborted ? failure : new Problem({ type: NO_ANSWER });
  }
}

function problemOf(response, text) {
  try {
    return { status: response.status, ...parse(text) };
  } catch {
    return { type: NO_ANSWER, status: response.status };
  }
}

let ahead = 0;

/** The time of the server in milliseconds, to the second. Durations of what it has told do not need the reader's clock. */
export function serverNow() {
  return Date.now() + ahead;
}

function heard(date) {
  const difference = Date.parse(date) - Date.now();
  ahead = Math.abs(difference) > 2_000 ? difference : 0;
}

/** randomUUID exists on secure origins only. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
