// What is owed in a year, by month and by vendor, in one currency. Sums across currencies do not exist.
import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to, replace } from "../../ui/router.js";
import { useLoad } from "../../ui/load.js";
import { may } from "../../ui/session.js";
import { month } from "../../ui/format.js";
import { Page, Card, Loaded, Table, Money, Empty } from "../../ui/parts.js";
import { Bars, SheetLink, ofMonth } from "./bars.js";
import { Vendors } from "./vendors.js";

export default function Payables({ query }) {
  const year = query.get("year") ?? String(new Date().getFullYear());
  const currency = query.get("currency");
  const isYear = /^[1-9]\d{0,3}$/.test(year);
  const payables = useLoad(isYear ? `payables?year=${year}` : null);
  const set = (changed) => replace(to("/payables", { year, currency, ...changed }));
  return html`<${Page} title=${t("nav.payables")} actions=${may("clerk") && html`<a class="button" href=${to("/new", { task: "billing.total_payables", year })}>${t("payables.make")}</a>`}>
    <form class="filters" onSubmit=${(event) => event.preventDefault()}>
      <label>${t("payables.year")}<input type="number" min="1" max="9999" value=${year} onChange=${(event) => set({ year: event.target.value })} /></label>
    </form>
    ${isYear &&
    html`<${Loaded} of=${payables}>${(value) =>
      value.totals.length === 0
        ? html`<${Empty} title=${t("payables.none", { year })}><p><a class="button" href=${to("/payables", { year: Number(year) - 1 })}>${Number(year) - 1}</a></p></${Empty}>`
        : html`<${Year} payables=${value} chosen=${currency ?? largest(value)} choose=${(one) => set({ currency: one })} />`}</${Loaded}>`}
  </${Page}>`;
}

/** The currency with the most months that have an amount. */
function largest({ totals, months }) {
  const used = (currency) => months.filter((one) => one.currency === currency && Number(one.payable) !== 0).length;
  return totals.toSorted((one, other) => used(other.currency) - used(one.currency))[0].currency;
}

function Year({ payables: { year, totals, months }, chosen, choose }) {
  const own = months.filter(({ currency }) => currency === chosen);
  return html`
    <fieldset class="tabs"><legend>${t("payables.currency")}</legend>
      ${totals.map(({ currency, payable }) => html`<label key=${currency} class="choice">
        <input type="radio" name="currency" checked=${currency === chosen} onChange=${() => choose(currency)} /> <${Money} of=${payable} currency=${currency} />
      </label>`)}
    </fieldset>
    <${Card} title=${t("payables.by-month")}>
      <${Bars} months=${own} />
      <${Table} caption=${t("payables.by-month")} head=${[t("payables.month"), t("payables.total")]} numbers=${[1]}>
        ${own.map((one) => html`<tr key=${one.month}>
          <th scope="row"><${SheetLink} parameters=${ofMonth(one)}>${month(one.month, "long")}</${SheetLink}></th>
          <td class="number"><${Money} of=${one.payable} currency=${chosen} /></td>
        </tr>`)}
      </${Table}>
    </${Card}>
    <h2>${t("payables.by-vendor")}</h2>
    <${Vendors} key=${`${year} ${chosen}`} year=${year} currency=${chosen} />
  `;
}
