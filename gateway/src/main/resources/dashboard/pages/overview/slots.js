import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to } from "../../ui/router.js";

/** Each worker as a strip of slots; a slot in use leads to its task. */
export function Slots({ workers }) {
  return workers.length === 0
    ? html`<p>${t("workers.none")}. ${t("workers.none-cure")}</p>`
    : html`<ul class="slots">
        ${workers.map((worker) => html`<li key=${worker.id}>
          <span>${worker.id} <small>${t("overview.slots-used", { used: worker.running.length, slots: worker.slots })}</small></span>
          <span class="strip">
            ${worker.running.map((one) => html`<a key=${one.task_id} class="slot used" href=${to(`/tasks/${one.task_id}`)} aria-label=${`${t(`type.${one.task}`)} ${one.task_id}`}></a>`)}
            ${Array.from({ length: Math.max(0, worker.slots - worker.running.length) }, (_, i) => html`<span key=${i} class="slot" aria-hidden="true"></span>`)}
          </span>
        </li>`)}
      </ul>`;
}
