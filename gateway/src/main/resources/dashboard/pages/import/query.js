// Options of an import as the query of POST /imports.

/** A backslash goes before what separates columns. */
export function escaped(name) {
  return name.replace(/[\\,]/g, "\\$&");
}

/** The options of an import as its query. */
export function queryOf({ bytes, ...options }) {
  const texts = Object.entries(options)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => {
      if (Array.isArray(value)) {
        return [name, value.join(",")];
      }
      if (typeof value === "object") {
        const pairs = Object.entries(value).map(([ours, theirs]) => (theirs === "" ? ours : `${ours}:${escaped(theirs)}`));
        return [name, pairs.join(",")];
      }
      return [name, name === "delimiter" && value === "\t" ? "tab" : String(value)];
    });
  return new URLSearchParams(texts).toString();
}
