// The texts of the reader's language, by keys such as "status.SUCCESS". Each language is one file in text/, but those of
// the task types are together in types.json, so that a new task type has one file of texts.
import { parse } from "./json.js";

export const LANGUAGES = { en: "English", zh: "中文" };
const KEPT_AS = "tallyman.language";

let texts = {};
export let language = "en";

export function preferredLanguage() {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept in LANGUAGES) {
    return kept;
  }
  return navigator.languages.map((one) => one.split("-")[0]).find((one) => one in LANGUAGES) ?? "en";
}

export async function useLanguage(name) {
  const [all, types] = await Promise.all([read(name), read("types")]);
  for (const [type, told] of Object.entries(types)) {
    for (const [group, text] of Object.entries(told[name])) {
      (all[group] ??= {})[type] = text;
    }
  }
  texts = all;
  language = name;
  document.documentElement.lang = name === "zh" ? "zh-Hans" : name;
  return name;
}

async function read(name) {
  const file = await fetch(new URL(`../text/${name}.json`, import.meta.url));
  return parse(await file.text());
}

export function keepLanguage(name) {
  localStorage.setItem(KEPT_AS, name);
}

/** The text with its {values} filled in; the last part of the key if there is none, such as a code of a later release. */
export function t(key, values = {}) {
  const text = find(key);
  return text === undefined
    ? key.slice(key.indexOf(".") + 1)
    : text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

export function has(key) {
  return find(key) !== undefined;
}

/** A key is a group and a name. The name may have dots, as task types do. */
function find(key) {
  const dot = key.indexOf(".");
  return texts[key.slice(0, dot)]?.[key.slice(dot + 1)];
}
