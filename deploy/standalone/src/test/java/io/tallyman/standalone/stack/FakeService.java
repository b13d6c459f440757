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

/** The smallest program that a stack accepts as a service: it answers the readiness check. */
public final class FakeService {
  /** If this file is next to the program, the program does not start from a cache. */
  static final String NO_START_FROM_CACHE = "no-start-from-cache";

  private FakeService() {}

  /**
   * Ends immediately with a line in its log if {@code FAKE_END=true} is set, and without a line if
   * it is started from a cache although it must not be. A service that others need is ready only
   * after {@code FAKE_REFUSALS} checks. A service that needs others logs at its start whether they
   * are ready.
   */
  public static void main(String[] arguments) throws IOException {
    if ("true".equals(System.getenv("FAKE_END"))) {
      System.out.println("FAKE_END was set, so this ends.");
      System.exit(3);
    }
    if (!System.getenv().getOrDefault("TALLYMAN_TLS_CERTIFICATE", "").isEmpty()) {
      System.out.println("It would answer HTTPS, but all addresses begin with http.");
      System.exit(4);
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
    if (!isWaitedFor()) {
      tellOfPeer(System.getenv("TALLYMAN_USER_SERVICE_URL"));
    }
    server.start();
    System.out.println("Ready as " + ProcessHandle.current().pid());
  }

  private static int refusals() {
    String refusals = System.getenv("FAKE_REFUSALS");
    return isWaitedFor() && refusals != null ? Integer.parseInt(refusals) : 0;
  }

  // A worker and a gateway have the address of billing-service. The other services are those that
  // they wait for.
  private static boolean isWaitedFor() {
    return System.getenv("TALLYMAN_BILLING_SERVICE_URL") == null;
  }

  private static void tellOfPeer(String address) throws IOException {
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
