// All sheets, the newest first.
import { html, useState } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to } from "../../ui/router.js";
import { useLoad } from "../../ui/load.js";
import { get } from "../../ui/api.js";
import { may } from "../../ui/session.js";
import { number, bytes } from "../../ui/format.js";
import { Page, Loaded, Table, Totals, Time, Empty, Action } from "../../ui/parts.js";

const REFRESH = 10_000;

export default function Sheets() {
  const first = useLoad("sheets", REFRESH);
  const [older, setOlder] = useState();
  const readMore = async () => {
    const page = await get(`sheets?${new URLSearchParams({ cursor: older?.cursor ?? first.value.next_cursor })}`);
    setOlder({ sheets: [...(older?.sheets ?? []), ...page.data], cursor: page.next_cursor });
  };
  return html`<${Page} title=${t("nav.sheets")} actions=${may("clerk") && html`<a class="button primary" href=${to("/new")}>${t("nav.new")}</a>`}>
    <${Loaded} of=${first}>${({ data, next_cursor: next }) => html`
      ${data.length === 0 && html`<${Empty} title=${t("sheet.none")}><p>${t("sheet.none-cure")}</p></${Empty}>`}
      ${data.length > 0 && html`<${SheetTable} sheets=${[...data, ...(older?.sheets ?? [])]} />`}
      ${(older ? older.cursor : next) && html`<${Action} act=${readMore}>${t("sheet.more")}</${Action}>`}
    `}</${Loaded}>
  </${Page}>`;
}

function SheetTable({ sheets }) {
  const once = [...new Map(sheets.map((sheet) => [sheet.sheet_id, sheet])).values()];
  return html`<${Table} caption=${t("nav.sheets")} head=${["file", "snapshot", "rows", "totals", "size"].map((name) => t(`sheet.${name}`))} numbers=${[2, 4]}>
    ${once.map((sheet) => html`<tr key=${sheet.sheet_id}>
      <td><a href=${to(`/sheets/${sheet.sheet_id}`)}>${sheet.file_name}</a></td>
      <td><${Time} at=${sheet.snapshot_at} /></td>
      <td class="number">${number(sheet.rows)}</td>
      <td><${Totals} totals=${sheet.totals} /></td>
      <td class="number">${bytes(sheet.bytes)}</td>
    </tr>`)}
  </${Table}>`;
}
