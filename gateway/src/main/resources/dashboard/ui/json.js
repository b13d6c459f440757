// JSON without loss: a JavaScript number holds integers up to 2^53 only. Longer ones become BigInt, and stay what they are.

const LONG_INTEGER = /("(?:[^"\\]|\\.)*")|(-?\d{16,})(?![\d.eE])/g;
const MARK = "\u0000integer:";

/** Like JSON.parse. Amounts are strings already. */
export function parse(text) {
  const marked = text.replace(LONG_INTEGER, (all, string, integer) => string ?? JSON.stringify(MARK + integer));
  return JSON.parse(marked, (key, value) =>
    typeof value === "string" && value.startsWith(MARK) ? shortest(value.slice(MARK.length)) : value,
  );
}

/** Like JSON.stringify, with BigInt as integers. */
export function write(value, indent) {
  const integers = [];
  const text = JSON.stringify(
    value,
    (key, member) => (typeof member === "bigint" ? MARK + (integers.push(member) - 1) : member),
    indent,
  );
  return text.replace(/"\\u0000integer:(\d+)"/g, (all, index) => String(integers[index]));
}

function shortest(digits) {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}
