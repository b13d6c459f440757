import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to } from "../../ui/router.js";
import { month, amount } from "../../ui/format.js";

const WIDTH = 720;
const HEIGHT = 200;
const LABELS = 24;

/** A bar for each month. Only the heights are numbers; what is told is the exact amount. */
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
        const label = t("payables.sheet-of", { month: month(one.month, "long"), amount: `${amount(one.payable)} ${one.currency}` });
        return html`<a key=${one.month} href=${sheetOf(one)} aria-label=${label}>
          <title>${label}</title>
          <rect class="hit" x=${i * step} y="0" width=${step} height=${HEIGHT + LABELS} />
          <rect class="bar" x=${i * step + 6} y=${y} width=${step - 12} height=${height} rx="3" />
          <text x=${(i + 0.5) * step} y=${HEIGHT + 18} text-anchor="middle">${month(one.month)}</text>
        </a>`;
      })}
    </svg>
    <figcaption class="small">${t("payables.chart")}</figcaption>
  </figure>`;
}

/** The form of the sheet of a month. */
export function sheetOf({ month: text, currency }) {
  const [year, number] = text.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return to("/new", { task: "billing.sheet", from: `${text}-01`, to: `${text}-${last}`, currency });
}
