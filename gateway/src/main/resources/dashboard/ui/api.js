// Requests to the API. A failure is a Problem, whether the gateway refused the request or did not answer.
import { parse, write } from "./json.js";

export const API = "/api/v1";

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

/** A POST with a key, so that a repeated request is executed once. */
export function post(path, body, headers = {}) {
  const json = body === undefined ? {} : { "Content-Type": "application/json" };
  return request(path, {
    method: "POST",
    headers: { "Idempotency-Key": newKey(), ...json, ...headers },
    body: body === undefined ? undefined : write(body),
  });
}

export function put(path, body) {
  return request(path, { method: "PUT", headers: { "Content-Type": "application/json" }, body: write(body) });
}

/** Sends a file as it is. */
export function upload(path, file, { keyed = true, signal } = {}) {
  const isGzip = file.type === "application/gzip" || file.type === "application/x-gzip" || file.name?.endsWith(".gz");
  const headers = {
    "Content-Type": "text/csv",
    ...(isGzip && { "Content-Encoding": "gzip" }),
    ...(keyed && { "Idempotency-Key": newKey() }),
  };
  return request(path, { method: "POST", headers, body: file, signal });
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path.startsWith("/") ? path : `${API}/${path}`, { cache: "no-store", ...options });
  } catch (failure) {
    throw options.signal?.aborted ? failure : new Problem({ type: "dashboard:no-answer" });
  }
  const text = await response.text();
  if (!response.ok) {
    throw new Problem(problemOf(response, text));
  }
  return parse(text);
}

function problemOf(response, text) {
  try {
    return { status: response.status, ...parse(text) };
  } catch {
    return { type: "dashboard:no-answer", status: response.status };
  }
}

/** randomUUID exists on secure origins only. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
