import { html, useState } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { useLoad } from "../../ui/load.js";
import { get } from "../../ui/api.js";
import { Loaded, Table, Money, Action } from "../../ui/parts.js";
import { SheetLink } from "./bars.js";

export function Vendors({ year, currency }) {
  const path = `payables/vendors?${new URLSearchParams({ year, currency, limit: 50 })}`;
  const first = useLoad(path);
  const [more, setMore] = useState();
  const readMore = async () => {
    const page = await get(`${path}&${new URLSearchParams({ cursor: more?.cursor ?? first.value.next_cursor })}`);
    setMore({ data: [...(more?.data ?? []), ...page.data], cursor: page.next_cursor });
  };
  return html`<${Loaded} of=${first}>${({ data, next_cursor: next }) => html`
    <${Table} caption=${t("payables.by-vendor")} head=${[t("payables.vendor"), t("field.account_number"), t("payables.total")]} numbers=${[2]}>
      ${[...data, ...(more?.data ?? [])].map((one) => html`<tr key=${one.vendor_id}>
        <th scope="row"><${SheetLink} parameters=${{ from: `${padded(year)}-01-01`, to: `${padded(year)}-12-31`, currency, vendor_id: one.vendor_id }}>${one.account_name}</${SheetLink}></th>
        <td>${one.account_number ?? "–"}</td>
        <td class="number"><${Money} of=${one.payable} currency=${currency} /></td>
      </tr>`)}
    </${Table}>
    ${(more ? more.cursor : next) && html`<${Action} act=${readMore}>${t("payables.more")}</${Action}>`}
  `}</${Loaded}>`;
}

function padded(year) {
  return String(year).padStart(4, "0");
}
