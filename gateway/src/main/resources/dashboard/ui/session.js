// Login and logout, and what the reader may do.
import { useState, useEffect } from "./html.js";
import { get, change } from "./api.js";
import { access, onAccess, isNow, isUnknown, leaves } from "./access.js";

const PATH = "auth/session";
export const PROVIDER = "auth/provider";
const PLACE = /^\/[A-Za-z0-9._~!$&'()*+,;=:@/?%-]{0,999}$/;

export async function readSession() {
  try {
    isNow(await get(PATH));
  } catch (problem) {
    // Once it is known who the reader is, each request tells its own failure.
    access().user === undefined && isUnknown(problem);
  }
}

export async function login(username, password) {
  isNow(await change("POST", PATH, { username, password }));
}

/** Leads away from the dashboard. The provider sends the browser back to this place in it. */
export async function loginAtProvider(place) {
  const page = PLACE.test(place) ? place : "/";
  const { location: address } = await change("POST", PROVIDER, { page });
  location.assign(address);
}

export async function logout() {
  leaves(true);
  try {
    await change("DELETE", PATH);
    isNow({ user: null, csrf_token: null });
  } finally {
    leaves(false);
  }
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

const ROLES = ["viewer", "clerk", "admin"];

/** The roles of a user. An admin may do everything, so an admin has all of them. */
export function rolesOf(user) {
  return user.roles.includes("admin") ? ROLES : user.roles;
}

/** Whether something is shown that needs a role, or only a login. The server decides what is allowed. */
export function may(role) {
  const { user } = access();
  return Boolean(user) && (role === undefined || rolesOf(user).includes(role));
}
