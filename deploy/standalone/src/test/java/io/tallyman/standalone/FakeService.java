package io.tallyman.standalone;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The smallest program that a stack takes for a service: it says that it is ready. */
public final class FakeService {
  private FakeService() {}

  /** Ends at once with a word in its log when the environment says {@code FAKE_END=true}. */
  public static void main(String[] arguments) throws IOException {
    if ("true".equals(System.getenv("FAKE_END"))) {
      System.out.println("FAKE_END was set, so this ends.");
      System.exit(3);
    }
    String host = System.getenv("MICRONAUT_SERVER_HOST");
    int port = Integer.parseInt(System.getenv("MICRONAUT_SERVER_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
    server.createContext(
        "/health/readiness",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    System.out.println("Ready as " + ProcessHandle.current().pid());
  }
}
