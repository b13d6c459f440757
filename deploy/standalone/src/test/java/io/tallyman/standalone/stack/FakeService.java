package io.tallyman.standalone.stack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The smallest program that a stack takes for a service: it says that it is ready. */
public final class FakeService {
  /** A file beside the program, with which it does not start from a cache. */
  static final String NO_START_FROM_CACHE = "no-start-from-cache";

  private FakeService() {}

  /**
   * Ends at once with a word in its log when the environment says {@code FAKE_END=true}, and
   * without one when it is started from a cache that it shall not start from. What others need is
   * ready only after {@code FAKE_REFUSALS} questions; what needs others logs whether they are ready
   * when it starts.
   */
  public static void main(String[] arguments) throws IOException {
    if ("true".equals(System.getenv("FAKE_END"))) {
      System.out.println("FAKE_END was set, so this ends.");
      System.exit(3);
    }
    if (isStartedFromCache() && Files.exists(besideJar(NO_START_FROM_CACHE))) {
      Runtime.getRuntime().halt(134);
    }
    String host = System.getenv("MICRONAUT_SERVER_HOST");
    int port = Integer.parseInt(System.getenv("MICRONAUT_SERVER_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
    AtomicInteger refusals = new AtomicInteger(refusals());
    server.createContext(
        "/health/readiness",
        exchange -> {
          exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 503 : 200, -1);
          exchange.close();
        });
    tellOfPeer(System.getenv("TALLYMAN_USER_SERVICE_URL"));
    server.start();
    System.out.println("Ready as " + ProcessHandle.current().pid());
  }

  // A worker and a gateway know their peers, and those have none: they are what is waited for.
  private static int refusals() {
    String refusals = System.getenv("FAKE_REFUSALS");
    boolean waitedFor = System.getenv("TALLYMAN_USER_SERVICE_URL") == null;
    return waitedFor && refusals != null ? Integer.parseInt(refusals) : 0;
  }

  private static void tellOfPeer(String address) throws IOException {
    if (address == null) {
      return;
    }
    try {
      URL readiness = URI.create(address + "/health/readiness").toURL();
      int status = ((HttpURLConnection) readiness.openConnection()).getResponseCode();
      System.out.println("Its peer answers " + status);
    } catch (ConnectException e) {
      System.out.println("Its peer answers nothing");
    }
  }

  private static boolean isStartedFromCache() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(option -> option.startsWith("-XX:AOTCache="));
  }

  private static Path besideJar(String name) {
    return Path.of(System.getProperty("java.class.path")).resolveSibling(name);
  }
}
