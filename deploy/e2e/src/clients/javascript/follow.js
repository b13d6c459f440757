// Follows a task and prints each event: its type and its seq. Arguments: the gateway, the transport, the task. The
// variable TALLYMAN_TOKEN has the token.
import { follow } from "./tallyman-tasks.js";

const [gateway, transport, task] = process.argv.slice(2);
const token = process.env.TALLYMAN_TOKEN;
for await (const event of follow(task, { gateway, token, transports: [transport] })) {
  console.log(event.type, event.seq ?? "");
}
console.log("done");
