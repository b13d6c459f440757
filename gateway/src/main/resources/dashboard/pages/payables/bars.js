import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to } from "../../ui/router.js";
import { month, amount } from "../../ui/format.js";
import { may } from "../../ui/session.js";

const WIDTH = 720;
const HEIGHT = 200;
const LABELS = 24;

/** A bar for each month. Only the heights are numbers; what is told is the exact amount. For clerks each bar is a link. */
export function Bars({ months }) {
  const heights = months.map(({ payable }) => Number(payable));
  const top = Math.max(0, ...heights);
  const bottom = Math.min(0, ...heights);
  const scale = HEIGHT / (top - bottom || 1);
  const step = WIDTH / months.length;
  return html`<figure class="bars">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT + LABELS}" role="group" aria-label=${t("payables.by-month")}>
      ${months.map((one, i) => {
        const height = Math.max(Math.abs(heights[i]) * scale, heights[i] === 0 ? 0 : 2);
        const y = top * scale - (heights[i] > 0 ? height : 0);
        const told = { month: month(one.month, "long"), amount: `${amount(one.payable)} ${one.currency}` };
        const label = t(may("clerk") ? "payables.sheet-of" : "payables.total-of", told);
        const link = may("clerk") ? { href: newSheet(ofMonth(one)) } : { role: "img" };
        return html`<${link.href ? "a" : "g"} key=${one.month} ...${link} aria-label=${label}>
          <title>${label}</title>
          <rect class="hit" x=${i * step} y="0" width=${step} height=${HEIGHT + LABELS} />
          <rect class="bar" x=${i * step + 6} y=${y} width=${step - 12} height=${height} rx="3" />
          <text x=${(i + 0.5) * step} y=${HEIGHT + 18} text-anchor="middle">${month(one.month)}</text>
        </${link.href ? "a" : "g"}>`;
      })}
    </svg>
    ${may("clerk") && html`<figcaption class="small">${t("payables.chart")}</figcaption>`}
  </figure>`;
}

/** A link to the form of a sheet, for those who may submit it. */
export function SheetLink({ parameters, children }) {
  return may("clerk") ? html`<a href=${newSheet(parameters)}>${children}</a>` : children;
}

function newSheet(parameters) {
  return to("/new", { task: "billing.sheet", ...parameters });
}

/** The parameters of the sheet of a month. */
export function ofMonth({ month: text, currency }) {
  const [year, number] = text.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${text}-01`, to: `${text}-${last}`, currency };
}
