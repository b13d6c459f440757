// The walk of the README with generated TypeScript types. Its arguments are the gateway and a token.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Task = components["schemas"]["Task"];
type NewTask = components["schemas"]["NewTask"];
declare const process: { argv: string[] };

const payments = `Payment Date,Supplier,Amount
2025-03-02,TypeScript & Co,120.00
2025-03-02,TypeScript & Co,-20.00
`;
const baseUrl = process.argv[2];
const client = createClient<paths>({
  baseUrl,
  headers: { Authorization: `Bearer ${process.argv[3]}` },
});

/** The answer, unless it is a problem. */
function told<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) {
    throw new Error(JSON.stringify(answer.error));
  }
  return answer.data;
}

async function submitted(body: NewTask): Promise<Task> {
  return ended(told(await client.POST("/api/v1/tasks", { body })));
}

async function ended(task: Task): Promise<Task> {
  return told(
    await client.GET("/api/v1/tasks/{id}", {
      params: { path: { id: task.task_id }, header: { Prefer: "wait=30" } },
    }),
  );
}

const imported = await ended(
  told(
    await client.POST("/api/v1/imports", {
      params: {
        query: {
          columns: "date_billed:Payment Date,account_name:Supplier,payable:Amount",
          currency: "GBP",
        },
      },
      headers: { "Content-Type": "text/csv" },
      body: payments,
      bodySerializer: (csv) => csv,
    }),
  ),
);
if (imported.task !== "billing.import" || imported.result === null || !("rows" in imported.result)) {
  throw new Error(JSON.stringify(imported));
}
console.log(`imported ${imported.result.imported} of ${imported.result.rows}`);

const made = await submitted({ task: "billing.sheet", parameters: { billing_date: "2025-03-02" } });
if (made.task !== "billing.sheet" || made.result === null) {
  throw new Error(JSON.stringify(made));
}
console.log(
  `sheet of ${made.parameters.billing_date} with ${made.result.rows} rows` +
    ` in ${made.result.totals[0]?.currency}`,
);

const path = { id: made.result.sheet_id };
const manifest = told(await client.GET("/api/v1/sheets/{id}", { params: { path } }));
console.log(`digest is the same: ${manifest.sha256 === made.result.sha256}`);
console.log(
  told(
    await client.GET("/api/v1/sheets/{id}/content", { params: { path }, parseAs: "text" }),
  ),
);

const owed = await submitted({ task: "billing.total_payables", parameters: { year: 2025 } });
if (owed.task !== "billing.total_payables" || owed.result === null) {
  throw new Error(JSON.stringify(owed));
}
console.log(`last month ${owed.result.months.at(-1)?.month}`);

const page = told(await client.GET("/api/v1/tasks", { params: { query: { limit: 50 } } }));
for (const type of new Set(page.data.map((task) => task.task))) {
  console.log(`listed ${type}`);
}
