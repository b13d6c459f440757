// Follows a task and prints each event: its type and its seq. Arguments: the gateway, the transport, the task.
import { follow } from "./tallyman-tasks.js";

const [gateway, transport, task] = process.argv.slice(2);
for await (const event of follow(task, { gateway, transports: [transport] })) {
  console.log(event.type, event.seq ?? "");
}
console.log("done");
