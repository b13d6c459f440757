// What requests know about the session. Its cookie is out of reach of scripts; the CSRF token is for requests that change something.

/** user: undefined until it is known, null if nobody is logged in. asks: why the login page is shown, "needed" or "wanted". */
let state = { user: undefined, asks: undefined, round: 0 };
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
  change({ user, round: state.round + (isAnother ? 1 : 0), ...(user && { asks: undefined }) });
  if (user) {
    waiting.forEach((goOn) => goOn());
    waiting = [];
  }
}

/** Shows the login page, and waits until somebody has logged in. */
export function loggedIn() {
  change({ asks: "needed" });
  return new Promise((resolve) => waiting.push(resolve));
}

/** Shows the login page because the reader wants it. */
export function wantLogin() {
  change({ asks: state.asks ?? "wanted" });
}

export function leaveLogin() {
  change({ asks: undefined });
}
