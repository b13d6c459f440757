// The filters as one line of text, such as: status:FAILURE -type:billing.sheet by:me from:2026-01-31
import { local } from "./filters.js";

/** The words of the language, and the parameters of GET /tasks that they mean. */
export const WORDS = { status: "status", type: "task", by: "submitted_by", from: "from", before: "to" };
const EXCLUDING = ["status", "type"];
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/;

/**
 * Reads a line: {filter, faults}. A fault is {code, term}.
 * @param known {statuses, types, users}: what exists. The users have id and username.
 */
export function read(text, known) {
  const filter = {};
  const faults = [];
  for (const term of text.split(/\s+/).filter(Boolean)) {
    const [, minus, word, value] = /^(-?)([^:]*):?(.*)$/s.exec(term);
    const fault = (code) => faults.push({ code, term });
    if (!term.includes(":") || !(word in WORDS)) {
      fault("unknown");
    } else if (value === "") {
      fault("empty");
    } else if (minus && !EXCLUDING.includes(word)) {
      fault("no-exclusion");
    } else if (WORDS[word] in filter) {
      fault("twice");
    } else {
      const meant = meaning(word, value, known);
      meant === undefined ? fault(word) : (filter[WORDS[word]] = minus ? `-${meant}` : meant);
    }
  }
  return { filter, faults };
}

/** What a value means to the API; undefined if nothing. */
function meaning(word, value, { statuses, types, users, me }) {
  switch (word) {
    case "status":
      return statuses.find((status) => status === value.toUpperCase());
    case "type":
      return types.find((type) => type === value);
    case "by":
      return value === "me" ? me : (users.find((user) => user.username === value)?.id ?? (/^[1-9]\d*$/.test(value) ? value : undefined));
    default: {
      const at = DATE.test(value) ? new Date(value.length === 10 ? `${value}T00:00` : value) : new Date(/T.*(Z|[+-]\d{2}:\d{2})$/.test(value) ? value : NaN);
      return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
    }
  }
}

/** The filters as a line. A time is written in the reader's time zone, if that loses nothing. */
export function written(filter, { users, me }) {
  const terms = [];
  for (const [word, name] of Object.entries(WORDS)) {
    const value = filter[name] === undefined ? "" : String(filter[name]);
    if (value !== "") {
      const isExcluded = EXCLUDING.includes(word) && value.startsWith("-");
      const bare = isExcluded ? value.slice(1) : value;
      terms.push(`${isExcluded ? "-" : ""}${word}:${shown(word, bare, users, me)}`);
    }
  }
  return terms.join(" ");
}

function shown(word, value, users, me) {
  switch (word) {
    case "by":
      return String(me) === value ? "me" : (users.find((user) => String(user.id) === value)?.username ?? value);
    case "from":
    case "before": {
      const minute = local(value);
      return minute && new Date(minute).getTime() === Date.parse(value) ? minute.replace(/T00:00$/, "") : value;
    }
    default:
      return value;
  }
}

/** The term at the caret, and what can stand there: {start, end, options: [{text, about}]}. */
export function completion(line, caret, known, about) {
  const start = line.slice(0, caret).search(/\S*$/);
  const end = caret + line.slice(caret).search(/\s|$/);
  const term = line.slice(start, caret);
  const [, minus, word, colon, part] = /^(-?)([^:]*)(:?)(.*)$/s.exec(term);
  const candidates = colon ? values(word, known).map((value) => `${minus}${word}:${value}`) : words(minus).map((one) => `${minus}${one}:`);
  const options = candidates
    .map((text) => ({ text, about: about(text.replace(/^-/, "")) }))
    .filter(({ text, about: words }) => text !== term && (text.startsWith(term) || (colon && part && (words.toLowerCase().includes(part.toLowerCase()) || text.toLowerCase().startsWith(term.toLowerCase())))))
    .slice(0, 10);
  return { start, end, options };
}

function words(minus) {
  return Object.keys(WORDS).filter((word) => !minus || EXCLUDING.includes(word));
}

function values(word, { statuses, types, users, me }) {
  switch (word) {
    case "status":
      return statuses;
    case "type":
      return types;
    case "by":
      return [...(me ? ["me"] : []), ...users.map((user) => user.username)];
    default:
      return [];
  }
}
