// Who did what, the newest first. The filters are those of the API; they are in the address.
import { html, useState } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { to, replace } from "../../ui/router.js";
import { useLoad } from "../../ui/load.js";
import { get, download } from "../../ui/api.js";
import { write } from "../../ui/json.js";
import { Page, Loaded, Empty, Table, Time, Action } from "../../ui/parts.js";
import { Filters, filterOf } from "./filters.js";

const LIMIT = 100;
const COLUMNS = ["at", "who", "what", "about", "address", "details"];
const LONGEST_ID = 12;
const SHOWN_END = 8;

/** The pages of the objects that have one. */
const PAGES = { user: "/users", task: "/tasks", sheet: "/sheets" };

export default function Audit({ query }) {
  const filter = filterOf(query);
  const key = JSON.stringify(filter);
  const first = useLoad(path(filter));
  const [older, setOlder] = useState({ key: "", events: [] });
  const more = older.key === key ? older : { key, events: [], cursor: first.value?.next_cursor };
  const readMore = async () => {
    const page = await get(path({ ...filter, cursor: more.cursor }));
    setOlder({ key, events: [...more.events, ...page.data], cursor: page.next_cursor });
  };
  const again = () => {
    setOlder({ key: "", events: [] });
    first.again();
  };
  return html`<${Page} title=${t("nav.audit")} actions=${html`
      <${Action} act=${() => download(`audit-events?${new URLSearchParams(filter)}`, "text/csv", "audit-events.csv")}>${t("audit.export")}</${Action}>
      <button type="button" onClick=${again}>${t("audit.again")}</button>`}>
    <${Filters} filter=${filter} onChange=${(changed) => replace(to("/audit", changed))} />
    <${Loaded} of=${first}>${({ data }) =>
      data.length === 0
        ? html`<${Empty} title=${t("audit.none")} />`
        : html`<${Events} events=${[...data, ...more.events]} />
          ${more.cursor && html`<${Action} act=${readMore}>${t("audit.more")}</${Action}>`}`}
    </${Loaded}>
  </${Page}>`;
}

function path(filter) {
  return `audit-events?${new URLSearchParams({ ...filter, limit: LIMIT })}`;
}

function Events({ events }) {
  return html`<${Table} caption=${t("nav.audit")} head=${COLUMNS.map((name) => t(`audit.${name}`))}>
    ${events.map((event) => html`<tr key=${`${event.service} ${event.id}`}>
      <td><${Time} at=${event.at} /></td>
      <td>${event.who === null ? t("audit.nobody") : html`<a href=${to(`/users/${event.who}`)}>${event.username ?? event.who}</a>`}</td>
      <td>${t(`event.${event.what}`)}</td>
      <td><${About} kind=${event.kind} which=${event.which} /></td>
      <td>${event.address ?? "–"}</td>
      <td class="about">
        ${Object.entries(event.details).map(([name, value]) => html`<div key=${name}>${name}: ${text(value)}</div>`)}
        ${event.request_id && html`<small>${t("audit.request", { id: event.request_id })}</small>`}
      </td>
    </tr>`)}
  </${Table}>`;
}

function About({ kind, which }) {
  const name = has(`kind.${kind}`) ? t(`kind.${kind}`) : kind;
  if (which === null) {
    return name;
  }
  const words = `${name} ${short(which)}`;
  return kind in PAGES ? html`<a href=${to(`${PAGES[kind]}/${which}`)} title=${which}>${words}</a>` : html`<span title=${which}>${words}</span>`;
}

/** The end of a long id. Those of tasks begin with the time, so many have the same beginning. */
function short(id) {
  return id.length > LONGEST_ID ? `…${id.slice(-SHOWN_END)}` : id;
}

function text(value) {
  if (Array.isArray(value)) {
    return value.join(", ") || "–";
  }
  return typeof value === "object" ? write(value) : String(value);
}
