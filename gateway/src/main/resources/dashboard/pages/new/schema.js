// A JSON Schema as fields, and their texts as parameters.
import { t } from "../../ui/text.js";

/** {name, path, kind, choices, required, pattern}. The fields of an object are fields of their own, such as format.profile. */
export function fieldsOf(schema, path = []) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const one = property.anyOf?.find((choice) => choice.type !== "null") ?? property;
    const types = [one.type].flat().filter((type) => type !== "null");
    const here = [...path, name];
    if (types.includes("object")) {
      return fieldsOf(one, here);
    }
    const choices = one.enum?.filter((value) => value !== null) ?? alternatives(one.pattern);
    const kind = choices ? "choice" : types.includes("integer") ? "integer" : one.format === "date" ? "date" : "text";
    const { pattern, minimum, maximum } = one;
    return [{ name: here.join("."), path: here, kind, choices, pattern, minimum, maximum, required: required.has(name) }];
  });
}

/** The choices of a pattern such as ^(?:raw|excel)$ or ^(?:[,;])$; undefined if the pattern is of another kind. */
function alternatives(pattern = "") {
  const [, words, characters] = /^\^\(\?:(?:([a-z]+(?:\|[a-z]+)+)|\[([^\]\\^-]+)\])\)\$$/.exec(pattern) ?? [];
  return words?.split("|") ?? characters?.split("");
}

/** The parameters of a task as the texts of fields. */
export function valuesOf(parameters, path = []) {
  return Object.fromEntries(
    Object.entries(parameters ?? {})
      .filter(([, value]) => value !== null && value !== undefined)
      .flatMap(([name, value]) => (typeof value === "object" ? Object.entries(valuesOf(value, [...path, name])) : [[[...path, name].join("."), String(value)]])),
  );
}

/** The parameters that the texts of fields mean. An integer keeps all its digits. */
export function parametersOf(fields, values) {
  const parameters = {};
  for (const { name, path, kind } of fields) {
    const text = values[name]?.trim();
    if (text) {
      const owner = path.slice(0, -1).reduce((object, part) => (object[part] ??= {}), parameters);
      owner[path.at(-1)] = kind === "integer" ? BigInt(text) : values[name];
    }
  }
  return parameters;
}

/** What is wrong with each field; under "" what is wrong with all of them together. */
export function faultsOf(type, fields, values, problem) {
  const faults = {};
  for (const field of fields) {
    const text = (values[field.name] ?? "").trim();
    if (text === "" && field.required) {
      faults[field.name] = t("new.needed");
    } else if (text !== "" && !isValid(field, text)) {
      faults[field.name] = t("new.bad");
    }
  }
  if (type.name === "billing.sheet" && !values.billing_date && !(values.from && values.to)) {
    faults[""] = t("new.day-or-range");
  }
  for (const { pointer, detail } of problem?.problem?.errors ?? []) {
    faults[pointer.replace("/parameters/", "").replaceAll("/", ".")] = detail;
  }
  return faults;
}

function isValid({ kind, pattern, minimum, maximum }, text) {
  if (kind === "integer") {
    return /^-?\d{1,19}$/.test(text) && (minimum === undefined || BigInt(text) >= BigInt(minimum)) && (maximum === undefined || BigInt(text) <= BigInt(maximum));
  }
  return pattern === undefined || new RegExp(pattern).test(text);
}
