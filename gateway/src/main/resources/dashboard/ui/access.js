// What requests know about the session. Its cookie is out of reach of scripts; the CSRF token is for requests that change something.

/**
 * user: undefined until it is known, null if nobody is logged in. problem: why it is unknown. asks: whether a request needs a
 * login. leaves: whether the user is logging out.
 */
let state = { user: undefined, problem: undefined, asks: false, leaves: false, round: 0 };
let csrfToken = null;
let waiting = [];
const listeners = new Set();

export function access() {
  return state;
}

/** Calls back after each change. Returns the function that ends it. */
export function onAccess(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(part) {
  state = { ...state, ...part };
  listeners.forEach((listener) => listener(state));
}

export function csrfHeader() {
  return csrfToken ? { "X-CSRF-Token": csrfToken } : {};
}

/** Who is logged in now. What was shown to another user is not shown any more: `round` counts these changes. */
export function isNow({ user, csrf_token: token }) {
  csrfToken = token;
  const isAnother = state.user && String(state.user.id) !== String(user?.id);
  change({ user, round: state.round + (isAnother ? 1 : 0), ...(user && { asks: false }) });
  if (user) {
    waiting.forEach((goOn) => goOn());
    waiting = [];
  }
}

/** The page goes before the session ends: its requests would be refused then. */
export function leaves(yes) {
  change({ leaves: yes });
}

/** It could not be read who is logged in. */
export function isUnknown(problem) {
  change({ problem });
}

/** Shows the login page, and waits until somebody has logged in. */
export function loggedIn() {
  change({ asks: true });
  return new Promise((resolve) => waiting.push(resolve));
}
