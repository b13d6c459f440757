// Login and logout, and what the reader may see.
import { useState, useEffect } from "./html.js";
import { get, change } from "./api.js";
import { access, onAccess, isNow } from "./access.js";

const PATH = "auth/session";

export async function readSession() {
  try {
    isNow(await get(PATH));
  } catch {
    // Without an answer, pages can still be read. Each request tells its own failure.
    access().user === undefined && isNow({ user: null, csrf_token: null });
  }
}

export async function login(username, password) {
  isNow(await change("POST", PATH, { username, password }));
}

export async function logout() {
  await change("DELETE", PATH);
  isNow({ user: null, csrf_token: null });
}

export function useAccess() {
  const [state, setState] = useState(access);
  useEffect(() => {
    setState(access());
    return onAccess(setState);
  }, []);
  return state;
}

/** Another tab may have logged in or out. */
addEventListener("visibilitychange", () => document.hidden || readSession());

/**
 * Whether something is shown that needs a role. The server decides what is allowed. As long as nobody is logged in, the
 * work of clerks is shown, because it may be allowed to everybody.
 */
export function may(role) {
  const { user } = access();
  switch (role) {
    case undefined:
      return true;
    case "user":
      return Boolean(user);
    case "clerk":
      return !user || user.roles.includes("clerk") || user.roles.includes("admin");
    default:
      return Boolean(user?.roles.includes(role));
  }
}
