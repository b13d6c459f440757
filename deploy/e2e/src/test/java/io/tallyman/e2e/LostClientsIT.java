package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Clients that disconnect in the middle: accepted tasks are done, and nothing else is left. */
@OnBreakableStack
final class LostClientsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SHEET =
      "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"1999-12-25\"}}";

  private final Gateway gateway = RunningStack.BREAKABLE.gateway();
  private final BillingDatabase database = new BillingDatabase(RunningStack.BREAKABLE.get());

  @Test
  void uploadThatIsBrokenOffIsNoTask() throws Exception {
    String row = "date_billed,account_name,payable,currency\n2033-01-01,%s,1.00,GBP\n";
    String broken = "Broken off " + UUID.randomUUID();
    String head = "POST /api/v1/imports HTTP/1.1\nContent-Type: text/csv\nContent-Length: 5000\n";
    String before = newestImport();

    try (Socket client = connect()) {
      send(client, head, row.formatted(broken));
    }

    assertThat(newestImport()).isEqualTo(before);
    String other = gateway.importCsv(row.formatted("Not " + broken), "");
    gateway.awaitSuccess(other, PATIENCE);
    assertThat(newestImport()).isEqualTo(other);
    assertThat(database.vendorsNamed(broken)).isZero();
  }

  @Test
  void taskOfAClientThatLeavesWithItsIdIsDone() throws Exception {
    String location;
    try (Socket client = connect()) {
      send(client, post(""), SHEET);
      location = header(client, "location: ");
    }

    gateway.awaitSuccess(location.replaceFirst("^.*/", ""), PATIENCE);
  }

  @Test
  void clientThatLeftBeforeItsAnswerCameFindsItsTaskByItsKey() throws Exception {
    String key = UUID.randomUUID().toString();
    try (Socket client = connect()) {
      send(client, post("Idempotency-Key: " + key), SHEET);
    }

    String id;
    try (Socket client = connect()) {
      send(client, post("Idempotency-Key: " + key), SHEET);
      id = header(client, "location: ").replaceFirst("^.*/", "");
    }

    gateway.awaitSuccess(id, PATIENCE);
    assertThat(gateway.events(id)).containsExactly("1 PENDING", "2 STARTED", "3 SUCCESS");
  }

  @Test
  void taskIsDoneThoughNobodyWaitsForItAnyMore() throws Exception {
    String id;
    try (var hold = database.hold("billing IN ACCESS EXCLUSIVE MODE")) {
      try (Socket client = connect()) {
        send(client, post(""), SHEET);
        id = header(client, "location: ").replaceFirst("^.*/", "");
      }
      Moment.when("it has begun", () -> database.waiting() > 0);
      try (Socket client = connect()) {
        send(client, "GET /api/v1/tasks/" + id + " HTTP/1.1\nPrefer: wait=30\n", "");
      }
      hold.rollback();
    }

    gateway.awaitSuccess(id, PATIENCE);
  }

  private static Socket connect() throws IOException {
    URI address = RunningStack.BREAKABLE.get().gateway();
    return new Socket(address.getHost(), address.getPort());
  }

  private static String post(String header) {
    return "POST /api/v1/tasks HTTP/1.1\nContent-Type: application/json\nContent-Length: %d\n%s\n"
        .formatted(SHEET.length(), header)
        .replace("\n\n", "\n");
  }

  private void send(Socket client, String head, String body) throws IOException {
    String last = "Authorization: %s\nHost: gateway\n\n".formatted(gateway.authorization());
    String request = (head + last).replace("\n", "\r\n") + body;
    client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  /** A header of the answer. The rest is not read. */
  private static String header(Socket client, String name) throws IOException {
    BufferedReader answer =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    return answer
        .lines()
        .filter(line -> line.regionMatches(true, 0, name, 0, name.length()))
        .findFirst()
        .orElseThrow()
        .substring(name.length());
  }

  private String newestImport() {
    return gateway
        .get("/api/v1/tasks?task=billing.import&limit=1")
        .body()
        .at("/data/0/task_id")
        .asString();
  }
}
