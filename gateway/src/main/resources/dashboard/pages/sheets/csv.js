// Reads the beginning of a sheet. Sheets are RFC 4180; the delimiter is the one in the header.

/** The rows of a text, the header first. Without `isWhole`, the last row may be cut off and is left out. */
export function beginningOf(text, isWhole) {
  const plain = text.replace(/^\ufeff/, "");
  const delimiter = [",", ";", "\t"].find((one) => plain.split("\r\n", 1)[0].includes(one)) ?? ",";
  const rows = [];
  let row = [];
  let cell = "";
  let isQuoted = false;
  for (let i = 0; i < plain.length; i++) {
    const character = plain[i];
    if (isQuoted && character === '"' && plain[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (character === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && character === delimiter) {
      row.push(cell);
      cell = "";
    } else if (!isQuoted && character === "\n") {
      rows.push([...row, cell.replace(/\r$/, "")]);
      row = [];
      cell = "";
    } else {
      cell += character;
    }
  }
  return isWhole && (cell !== "" || row.length > 0) ? [...rows, [...row, cell]] : rows;
}
