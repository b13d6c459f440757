// Numbers, dates and durations as the reader's locale writes them.
import { language } from "./text.js";

function locale() {
  const own = navigator.languages.find((one) => one.split("-")[0] === language);
  return own ?? (language === "zh" ? "zh-CN" : "en-GB");
}

const formats = new Map();

function cached(kind, options) {
  const key = JSON.stringify([kind.name, locale(), options]);
  if (!formats.has(key)) {
    formats.set(key, new kind(locale(), options));
  }
  return formats.get(key);
}

export function number(value) {
  return cached(Intl.NumberFormat, { maximumFractionDigits: 2 }).format(value);
}

export function percent(value) {
  return cached(Intl.NumberFormat, { style: "percent" }).format(value);
}

/** A decimal string with all its digits: it never becomes a number. */
export function amount(decimal) {
  const decimals = decimal.split(".")[1]?.length ?? 0;
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return cached(Intl.NumberFormat, options).format(decimal);
}

/** A date such as 2031-03-31, which has no time zone. */
export function day(date) {
  const shown = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(shown.getTime()) ? date : cached(Intl.DateTimeFormat, { dateStyle: "medium", timeZone: "UTC" }).format(shown);
}

/** A month such as 2031-03. */
export function month(text, style = "short") {
  return cached(Intl.DateTimeFormat, { month: style, timeZone: "UTC" }).format(new Date(`${text}-01T00:00:00Z`));
}

export function time(instant) {
  const at = new Date(instant);
  const isToday = at.toDateString() === new Date().toDateString();
  return cached(Intl.DateTimeFormat, isToday ? { timeStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** The time of day. */
export function clock(instant) {
  return cached(Intl.DateTimeFormat, { timeStyle: "medium" }).format(new Date(instant));
}

export function exactTime(instant) {
  return cached(Intl.DateTimeFormat, { dateStyle: "long", timeStyle: "long" }).format(new Date(instant));
}

const UNITS = [
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** At most two units: 1 h 5 min, 4.2 s, 120 ms. */
export function duration(milliseconds) {
  const one = (unit, value, digits = 0) =>
    cached(Intl.NumberFormat, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits }).format(value);
  if (milliseconds < 1_000) {
    return one("millisecond", Math.max(0, Math.round(milliseconds)));
  }
  if (milliseconds < 60_000) {
    return one("second", milliseconds / 1_000, milliseconds < 10_000 ? 1 : 0);
  }
  const [unit, size] = UNITS.find(([, length]) => milliseconds >= length);
  const rest = milliseconds % size;
  const [smaller, length] = unit === "hour" ? ["minute", 60_000] : ["second", 1_000];
  return `${one(unit, Math.floor(milliseconds / size))} ${one(smaller, Math.floor(rest / length))}`;
}

export function bytes(count) {
  const unit = count < 1_000 ? "byte" : count < 1_000_000 ? "kilobyte" : "megabyte";
  const size = { byte: 1, kilobyte: 1_000, megabyte: 1_000_000 }[unit];
  return cached(Intl.NumberFormat, { style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short", maximumFractionDigits: 1 }).format(
    Number(count) / size,
  );
}
