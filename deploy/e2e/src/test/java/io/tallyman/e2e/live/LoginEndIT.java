package io.tallyman.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.BillingDatabase;
import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.OwnStack;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams end with the logins of their clients. Access tokens are valid for some seconds only. */
@Order(1)
final class LoginEndIT {
  private static final String FOLLOW_WITH_NEW_TOKENS =
      """
      import { follow } from "./tallyman-tasks.js";
      const [gateway, transport, task, password] = process.argv.slice(2);
      let logins = 0;
      const token = async () => {
        const response = await fetch(`${gateway}/api/v1/auth/login`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ username: "admin", password }),
        });
        console.log("login", ++logins);
        return (await response.json()).access_token;
      };
      for await (const event of follow(task, { gateway, token, transports: [transport] })) {
        console.log(event.type, event.seq ?? "");
      }
      console.log("done");
      """;

  @AutoClose
  private static final TallymanStack STACK =
      OwnStack.start(Layout.ofWorkers(1), Map.of("TALLYMAN_TOKENS_LIFETIME", "2s"));

  private final Gateway gateway = new Gateway(STACK::gateway, LoginEndIT::logIn);
  private final BillingDatabase database = new BillingDatabase(STACK);

  @TempDir private Path directory;

  @Test
  void expiredTokenEndsTheWebSocket() {
    try (Watcher watcher = new Watcher(gateway)) {
      assertThat(watcher.closeCode()).isEqualTo(4401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "sse"})
  void clientWithNewTokensMissesNoEvent(String transport) throws Exception {
    NodeProgram.require();
    try (Connection hold = database.hold("billing IN SHARE MODE")) {
      String id =
          gateway.importCsv(
              "date_billed,account_name,payable,currency\r\n2009-03-01,Live Ltd,1.00,GBP\r\n", "");
      try (NodeProgram client =
          NodeProgram.start(
              directory,
              STACK,
              FOLLOW_WITH_NEW_TOKENS,
              List.of(STACK.gateway().toString(), transport, id, STACK.adminPassword()))) {
        client.awaitPrinted("task.started 2");
        client.awaitPrinted("login 3");
        hold.rollback();

        List<String> lines = client.awaitEnd();

        assertThat(lines)
            .filteredOn(line -> !line.startsWith("login") && !line.startsWith("task.progress"))
            .containsExactly("task.pending 1", "task.started 2", "task.succeeded 3", "done");
      }
    }
  }

  private static String logIn() {
    Map<String, String> admin = Map.of("username", "admin", "password", STACK.adminPassword());
    return new Gateway(STACK::gateway, () -> "none")
        .post("/api/v1/auth/login", admin)
        .body()
        .get("access_token")
        .asString();
  }
}
