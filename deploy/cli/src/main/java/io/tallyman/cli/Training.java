package io.tallyman.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tallyman.cli.command.Commands;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.terminal.Screen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Uses some commands once, with a server of its own, so that a JVM with {@code -XX:AOTCacheOutput}
 * records which classes they load. Later starts take half the time.
 */
final class Training {
  /** Every answer is both a task that succeeded and a list of tasks and workers. */
  private static final String ANSWER =
      """
      {"task_id": "1", "task": "billing.sheet", "status": "SUCCESS", "id": "1", "slots": 1,
       "progress": {"phase": "writing", "unit": "rows", "done": 1, "total": 2},
       "result": {"file_name": "sheet.csv", "rows": 1, "totals": [{"currency": "GBP", "payable": "1.00"}]},
       "data": [{"task_id": "1", "task": "billing.sheet", "status": "STARTED", "running": []}]}
      """;

  private Training() {}

  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Training::answer);
    server.start();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Screen screen =
        new Screen(nowhere, nowhere, new BufferedReader(Reader.nullReader()), true, false);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Session session = new Session(screen, Map.of("TALLYMAN_URL", url), Path.of(""));
    Commands.run(session, "tasks");
    Commands.run(session, "workers");
    Commands.run(session, "watch", "1");
    Commands.run(session, "sheet", "2025-03-31", "--no-wait");
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
