package io.tallyman.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.BillingDatabase;
import io.tallyman.e2e.Document;
import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.OwnStack;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module {@code tallyman-tasks.js} in Node.js. */
final class JavaScriptClientIT {
  private static final Path FOLLOW = Path.of("src", "clients", "javascript", "follow.js");

  private static final Path LIVE = Path.of(System.getProperty("tallyman.home"), "docs", "live.md");

  @AutoClose
  private static final TallymanStack STACK = OwnStack.start(Layout.ofWorkers(1), Map.of());

  private final Gateway gateway = new Gateway(STACK);
  private final BillingDatabase database = new BillingDatabase(STACK);

  @TempDir private Path directory;

  @BeforeAll
  static void requireNode() throws Exception {
    NodeProgram.require();
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "sse", "poll"})
  void eventsArriveOnceAlthoughTheGatewayIsRestarted(String transport) throws Exception {
    String id;
    try (Connection hold = database.hold("billing IN SHARE MODE")) {
      id = importOneRow();
      try (NodeProgram client = start(transport, id)) {
        client.awaitPrinted("task.started 2");
        STACK.stopAndStart("gateway");
        hold.rollback();

        List<String> lines = client.awaitEnd();

        assertThat(lines)
            .filteredOn(line -> !line.startsWith("task.progress"))
            .containsExactly("task.pending 1", "task.started 2", "task.succeeded 3", "done");
      }
    }
    assertThat(gateway.events(id)).hasSize(3);
  }

  @Test
  void progressArrives() throws Exception {
    try (Connection hold = database.hold("billing IN SHARE MODE");
        NodeProgram client = start("websocket", importOneRow())) {
      client.awaitPrinted("task.progress");
      hold.rollback();

      assertThat(client.awaitEnd()).last().isEqualTo("done");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "sse", "poll"})
  void taskThatDoesNotExistIsAnError(String transport) throws Exception {
    String program =
        """
        import { follow, TallymanError } from "./tallyman-tasks.js";
        const [gateway, transport, task] = process.argv.slice(2);
        const token = process.env.TALLYMAN_TOKEN;
        try {
          for await (const event of follow(task, { gateway, token, transports: [transport] })) {
            console.log(event);
          }
        } catch (failure) {
          console.log(failure instanceof TallymanError, failure.problem.type);
        }
        """;

    assertThat(run(program, transport, UUID.randomUUID().toString()))
        .containsExactly("true urn:tallyman:problem:unknown-task-id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "sse", "poll"})
  void groupIsFollowedUntilAllOfItsTasksHaveEnded(String transport) throws Exception {
    Map<String, ?> sheet =
        Map.of("task", "billing.sheet", "parameters", Map.of("billing_date", "2009-01-05"));
    String group =
        gateway
            .post("/api/v1/task-groups", Map.of("tasks", List.of(sheet, sheet, sheet)))
            .body()
            .get("group_id")
            .asString();
    String program =
        """
        import { follow } from "./tallyman-tasks.js";
        const [gateway, transport, group_id] = process.argv.slice(2);
        const token = process.env.TALLYMAN_TOKEN;
        for await (const event of follow({ group_id }, { gateway, token, transports: [transport] })) {
          console.log(event.type, event.seq);
        }
        """;

    assertThat(run(program, transport, group))
        .filteredOn(line -> !line.startsWith("task.progress"))
        .containsExactlyInAnyOrder(
            "task.pending 1",
            "task.pending 1",
            "task.pending 1",
            "task.started 2",
            "task.started 2",
            "task.started 2",
            "task.succeeded 3",
            "task.succeeded 3",
            "task.succeeded 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "sse", "poll"})
  void filterBeginsWithASnapshotAndIsFollowedUntilTheSignal(String transport) throws Exception {
    String id = gateway.importCsv("no,such,header\r\n", "");
    String program =
        """
        import { follow } from "./tallyman-tasks.js";
        const [gateway, transport, task] = process.argv.slice(2);
        const token = process.env.TALLYMAN_TOKEN;
        const stop = new AbortController();
        const options = { gateway, token, transports: [transport], signal: stop.signal };
        try {
          for await (const event of follow({ filter: { task: "billing.import" } }, options)) {
            const seen = event.tasks ?? [event];
            console.log(event.type);
            if (seen.some((each) => each.task_id === task && each.status === "FAILURE")) {
              stop.abort(new Error("seen"));
            }
          }
        } catch (failure) {
          console.log(failure.message);
        }
        """;

    List<String> lines = run(program, transport, id);

    assertThat(lines).first().isEqualTo("snapshot");
    assertThat(lines).last().isEqualTo("seen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "sse", "poll"})
  void tokenOfAFunctionIsSentWhereItCanBeSent(String transport) throws Exception {
    String id = gateway.submit("billing.sheet", Map.of("billing_date", "2009-01-05"));
    gateway.awaitSuccess(id, Duration.ofMinutes(3));
    String program =
        """
        import { follow } from "./tallyman-tasks.js";
        const [gateway, transport, task] = process.argv.slice(2);
        const token = async () => process.env.TALLYMAN_TOKEN;
        const sent = new Set();
        const seen = (url, request) => {
          sent.add(`${request.method ?? "GET"} ${new URL(url).pathname} ${request.headers.Authorization}`);
          return fetch(url, request);
        };
        class Seen extends WebSocket {
          constructor(url, protocol) {
            super(url, protocol);
            sent.add(/[?]ticket=[A-Za-z0-9_-]{43}$/.test(url) ? "ticket" : url);
          }
        }
        const options = { gateway, token, transports: [transport], fetch: seen, WebSocket: Seen };
        for await (const event of follow(task, options)) {}
        const headers = [...sent].filter((each) => each !== "ticket");
        console.log(headers.every((each) => each.endsWith(` Bearer ${process.env.TALLYMAN_TOKEN}`)));
        console.log([...sent].map((each) => each.split(" Bearer")[0].replace(task, "id")).sort().join());
        """;

    assertThat(run(program, transport, id))
        .containsExactly(
            "true",
            transport.equals("websocket")
                ? "POST /api/v1/stream-tickets,ticket"
                : "GET /api/v1/tasks/id/events");
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "sse", "poll"})
  void tokenThatIsNotValidIsAnError(String transport) throws Exception {
    String program =
        """
        import { follow } from "./tallyman-tasks.js";
        const [gateway, transport] = process.argv.slice(2);
        try {
          const options = { gateway, token: "nonsense", transports: [transport] };
          for await (const event of follow({ filter: {} }, options)) {
            console.log(event);
          }
        } catch (failure) {
          console.log(failure.problem.type);
        }
        """;

    assertThat(run(program, transport)).containsExactly("urn:tallyman:problem:invalid-token");
  }

  @Test
  void otherTransportsAreUsedIfTheFirstOnesFail() throws Exception {
    String id = gateway.submit("billing.sheet", Map.of("billing_date", "2009-01-05"));
    String program =
        """
        import { follow } from "./tallyman-tasks.js";
        const [gateway, task] = process.argv.slice(2);
        const token = process.env.TALLYMAN_TOKEN;
        class Blocked {
          constructor() {
            setTimeout(() => this.onclose({ code: 1006, reason: "blocked by a proxy" }));
          }
          send() {}
          close() {}
        }
        const withoutStreams = async (url, request) =>
          request.headers.Accept === "text/event-stream"
            ? new Response("not here", { status: 406 })
            : fetch(url, request);
        const options = { gateway, token, WebSocket: Blocked, fetch: withoutStreams };
        for await (const event of follow(task, options)) {
          console.log(event.type, event.seq);
        }
        """;

    assertThat(run(program, id))
        .containsExactly("task.pending 1", "task.started 2", "task.succeeded 3");
  }

  @Test
  void programsOfTheDocumentWork() throws Exception {
    String usual = "http://127.0.0.1:8080";
    List<String> printed = new ArrayList<>();
    for (String program : Document.read(LIVE).programs()) {
      assertThat(program).contains(usual);
      Path empty = Files.createTempDirectory(directory, "program");
      try (NodeProgram client =
          NodeProgram.start(
              empty, STACK, program.replace(usual, STACK.gateway().toString()), List.of())) {
        printed.addAll(client.awaitEnd());
      }
    }

    assertThat(printed)
        .containsSubsequence("task.pending 1", "task.started 2", "task.succeeded 3")
        .last(InstanceOfAssertFactories.STRING)
        .matches("failed before: \\d+");
  }

  private NodeProgram start(String transport, String task) throws Exception {
    return NodeProgram.start(
        directory,
        STACK,
        Files.readString(FOLLOW),
        List.of(STACK.gateway().toString(), transport, task));
  }

  private List<String> run(String program, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(STACK.gateway().toString()));
    all.addAll(List.of(arguments));
    try (NodeProgram client = NodeProgram.start(directory, STACK, program, all)) {
      return client.awaitEnd();
    }
  }

  private String importOneRow() {
    return gateway.importCsv(
        "date_billed,account_name,payable,currency\r\n2009-03-01,Live Ltd,1.00,GBP\r\n", "");
  }
}
