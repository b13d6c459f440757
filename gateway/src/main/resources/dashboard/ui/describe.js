// What a task is about, in words.
import { t } from "./text.js";
import { bytes, day, number } from "./format.js";

export function describe({ task, parameters }) {
  const one = parameters ?? {};
  const parts = [about(task, one)];
  one.vendor_id && parts.push(t("about.vendor", { id: one.vendor_id }));
  task !== "billing.import" && one.currency && parts.push(one.currency);
  return parts.filter(Boolean).join(" · ");
}

function about(task, one) {
  switch (task) {
    case "billing.import":
      return t(one.mode === "validate" ? "about.check" : one.corrects ? "about.correction" : "about.file", { size: bytes(one.bytes ?? 0) });
    case "billing.undo_import":
    case "billing.duplicates":
      return t("about.import", { id: String(one.import_id).slice(0, 8) });
    case "tasks.cancel":
    case "tasks.retry":
      return t("about.tasks", { count: number(one.tasks ?? 0) });
    case "billing.total_payables":
      return t("about.year", { year: one.year });
    default:
      return one.billing_date ? day(one.billing_date) : one.from ? t("about.range", { from: day(one.from), to: day(one.to) }) : "";
  }
}
