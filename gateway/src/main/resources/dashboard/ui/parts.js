// Small parts that all pages use.
import { html, useState, useEffect, useRef } from "./html.js";
import { t, has } from "./text.js";
import { slugOf, serverNow } from "./api.js";
import { amount, number, percent, duration, bytes, time, exactTime } from "./format.js";

export const ENDS = ["SUCCESS", "FAILURE", "REVOKED"];

/** The title gets the focus when the page opens, so that a keyboard or a screen reader begins there. */
export function Page({ title, actions, children }) {
  const heading = useRef();
  useEffect(() => {
    document.title = `${title} – Tallyman`;
  }, [title]);
  useEffect(() => {
    heading.current.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  return html`
    <header class="page-head">
      <h1 tabindex="-1" ref=${heading}>${title}</h1>
      ${actions && html`<div class="actions">${actions}</div>`}
    </header>
    ${children}
  `;
}

export function Card({ title, children, className = "" }) {
  return html`<section class="card ${className}">${title && html`<h2>${title}</h2>`}${children}</section>`;
}

export function Status({ status }) {
  return html`<span class="status ${status.toLowerCase()}">${t(`status.${status}`)}</span>`;
}

export function Time({ at }) {
  return at ? html`<time dateTime=${at} title=${exactTime(at)}>${time(at)}</time>` : "–";
}

/** Names and their values; those without a value are left out. */
export function Facts({ facts }) {
  const given = facts.filter(([, value]) => value !== undefined && value !== null && value !== false && value !== "");
  return html`<dl class="facts">
    ${given.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

export function Money({ of, currency }) {
  return html`<span class="money ${of.startsWith("-") ? "negative" : ""}">${amount(of)}${currency && html` <abbr>${currency}</abbr>`}</span>`;
}

export function Totals({ totals }) {
  return html`<ul class="totals">
    ${totals.map(({ currency, payable }) => html`<li key=${currency}><${Money} of=${payable} currency=${currency} /></li>`)}
  </ul>`;
}

/** What is done in one transaction has no count. */
const UNCOUNTED = ["applying"];

/** A bar with its numbers in words; of a running attempt also the rate and the time that is left. */
export function Progress({ progress, label, since }) {
  const { done, unit, phase } = progress;
  const isCounted = !UNCOUNTED.includes(phase);
  const total = isCounted ? progress.total : null;
  const { rate, left } = speed(done, total, since);
  const count = (value) => (unit === "bytes" ? bytes(value) : `${number(value)} ${t(`progress.${unit}`)}`);
  const words = [
    t(`phase.${phase}`),
    isCounted && (total ? t("progress.of", { done: unit === "bytes" ? bytes(done) : number(done), total: count(total) }) : count(done)),
    total && percent(Number(done) / Number(total)),
    left !== undefined && t("progress.rate", { rate: unit === "bytes" ? bytes(Math.round(rate)) : number(Math.round(rate)) }),
    left !== undefined && t("progress.left", { time: duration(left) }),
  ].filter(Boolean);
  return html`<div class="progress">
    <progress aria-label=${label} max=${total ? String(total) : undefined} value=${total ? String(done) : undefined}></progress>
    <p>${words.join(" · ")}</p>
  </div>`;
}

/** The average since the attempt began, per second, and the milliseconds that are left at this rate. */
function speed(done, total, since) {
  const elapsed = since ? serverNow() - Date.parse(since) : 0;
  const rate = elapsed > 500 ? (Number(done) / elapsed) * 1_000 : 0;
  const isKnown = total && rate > 0 && done < total;
  return { rate, left: isKnown ? ((Number(total) - Number(done)) / rate) * 1_000 : undefined };
}

/** A failure in words: what happened, where, what to do. */
export function Failure({ problem, again }) {
  const told = problem.problem ?? problem;
  const slug = slugOf(told.type);
  return html`<div class="failure" role="alert">
    <p><strong>${has(`problem.${slug}`) ? t(`problem.${slug}`) : (told.title ?? String(problem))}</strong></p>
    ${told.detail && html`<p class="detail">${told.detail}</p>`}
    ${told.errors &&
    html`<ul>
      ${told.errors.map((one) => html`<li key=${one.pointer}><code>${one.pointer}</code> ${one.detail}</li>`)}
    </ul>`}
    ${has(`cure.${slug}`) && html`<p>${t(`cure.${slug}`)}</p>`}
    ${told.request_id && html`<p class="small">${t("failure.request", { id: told.request_id })}</p>`}
    ${again && html`<button type="button" onClick=${again}>${t("failure.again")}</button>`}
  </div>`;
}

export function Loading() {
  return html`<div class="loading"><span class="bone"></span><span class="bone"></span><span class="bone"></span><p>${t("state.loading")}</p></div>`;
}

export function Empty({ title, children }) {
  return html`<div class="empty"><p><strong>${title}</strong></p>${children}</div>`;
}

/** Shows what useLoad has: the value, or why there is none. An old value stays, with a note. */
export function Loaded({ of, children }) {
  if (of.value === undefined) {
    return of.problem ? html`<${Failure} problem=${of.problem} again=${of.again} />` : html`<${Loading} />`;
  }
  return html`${of.problem && html`<p class="stale">${t("state.stale")}</p>`}${children(of.value)}`;
}

/**
 * A table that scrolls sideways in itself on a small screen.
 * @param numbers the places of the columns whose cells are numbers
 */
export function Table({ caption, head, numbers = [], children, className = "" }) {
  return html`<div class="table" role="region" aria-label=${caption} tabindex="0">
    <table class=${className}>
      <caption class="hidden">${caption}</caption>
      <thead><tr>${head.map((name, i) => html`<th key=${i} scope="col" class=${numbers.includes(i) ? "number" : undefined}>${name}</th>`)}</tr></thead>
      <tbody>${children}</tbody>
    </table>
  </div>`;
}

/** A button that waits for its action, and shows its failure beside it. */
export function Action({ act, className = "", children, confirm }) {
  const [state, setState] = useState({});
  const run = async () => {
    setState({ busy: true });
    try {
      await act();
      setState({});
    } catch (problem) {
      setState({ problem });
    }
  };
  if (state.asks) {
    return html`<span class="confirm" role="group" aria-label=${confirm}>
      <span>${confirm}</span>
      <button type="button" class="danger" onClick=${run}>${children}</button>
      <button type="button" onClick=${() => setState({})}>${t("action.no")}</button>
    </span>`;
  }
  return html`<button type="button" class=${className} disabled=${state.busy} onClick=${() => (confirm ? setState({ asks: true }) : run())}>
      ${children}
    </button>
    ${state.problem && html`<${Failure} problem=${state.problem} />`}`;
}

export function Copy({ text }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard
      ?.writeText(text)
      .then(() => setCopied(true))
      .catch(() => {});
  return html`<div class="code"><pre tabindex="0"><code>${text}</code></pre>
    ${navigator.clipboard && html`<button type="button" onClick=${copy}>${copied ? t("action.copied") : t("action.copy")}</button>`}
  </div>`;
}
