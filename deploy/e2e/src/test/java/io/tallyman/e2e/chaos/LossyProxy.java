package io.tallyman.e2e.chaos;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in front of a service. It passes everything on unchanged, except the answers that it must
 * lose, and records the calls.
 */
final class LossyProxy implements AutoCloseable {
  private final List<Route> routes;
  private final ServerSocket door;
  private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Strike> strikes = new CopyOnWriteArrayList<>();
  private final Map<Route, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Map<Route, Long> asked = new ConcurrentHashMap<>();
  private final Set<Route> struck = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private volatile @Nullable URI service;

  private LossyProxy(List<Route> routes, ServerSocket door) {
    this.routes = routes;
    this.door = door;
  }

  /** Loses this many of the next answers to a call. */
  static final class Strike {
    private final Route route;
    private final Loss loss;
    private final AtomicInteger left;

    private Strike(Route route, Loss loss, int times) {
      this.route = route;
      this.loss = loss;
      this.left = new AtomicInteger(times);
    }

    boolean isSpent() {
      return left.get() <= 0;
    }

    private boolean hits(Route call) {
      return route.equals(call) && left.getAndUpdate(times -> Math.max(0, times - 1)) > 0;
    }
  }

  /**
   * Accepts calls immediately, but closes them without an answer until it knows the service.
   *
   * @param routes the routes of the service
   */
  static LossyProxy open(List<Route> routes) throws IOException {
    ServerSocket door = new ServerSocket(0, 500, InetAddress.ofLiteral("127.0.0.1"));
    LossyProxy proxy = new LossyProxy(routes, door);
    proxy.connections.execute(proxy::accept);
    return proxy;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  void leadTo(URI address) {
    service = address;
  }

  Strike strike(Route route, Loss loss, int times) {
    Strike strike = new Strike(route, loss, times);
    strikes.add(strike);
    return strike;
  }

  /** Holds the requests of a route until the latch is counted down. */
  CountDownLatch hold(Route route) {
    CountDownLatch gate = new CountDownLatch(1);
    held.put(route, gate);
    return gate;
  }

  /** The number of requests to a route. */
  long asked(Route route) {
    return asked.getOrDefault(route, 0L);
  }

  /** The routes that lost an answer. */
  Set<Route> struck() {
    return struck;
  }

  /** Requests for which the service has no route. */
  Set<String> unknown() {
    return unknown;
  }

  @Override
  public void close() throws IOException {
    door.close();
    connections.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = door.accept();
        connections.execute(() -> serve(caller));
      }
    } catch (IOException closed) {
      // The proxy was closed.
    }
  }

  private void serve(Socket connection) {
    try (Socket caller = connection) {
      caller.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(caller.getInputStream());
      OutputStream out = new BufferedOutputStream(caller.getOutputStream());
      Optional<HttpMessage> request = HttpMessage.read(in);
      while (request.isPresent() && serve(request.get(), in, out)) {
        request = HttpMessage.read(in);
      }
    } catch (IOException | InterruptedException broken) {
      // One side has disconnected, so the other side is closed too.
    }
  }

  /** Returns whether the connection goes on. */
  private boolean serve(HttpMessage request, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    URI to = service;
    if (to == null) {
      return false;
    }
    Optional<Route> route = route(request);
    route.ifPresent(one -> asked.merge(one, 1L, Long::sum));
    if (route.isPresent() && held.containsKey(route.get())) {
      held.get(route.get()).await();
    }
    Optional<Loss> loss = route.flatMap(this::loss);
    if (loss.isPresent() && loss.get() == Loss.REQUEST) {
      return false;
    }
    // A new connection for each request, so that only the proxy loses answers.
    try (Socket callee = new Socket(to.getHost(), to.getPort())) {
      callee.setTcpNoDelay(true);
      OutputStream there = new BufferedOutputStream(callee.getOutputStream());
      there.write(request.bytes());
      request.copyBody(in, there, false);
      InputStream back = new BufferedInputStream(callee.getInputStream());
      if (loss.isPresent()) {
        lose(request, back, out, loss.get());
        return false;
      }
      return answer(request, back, out);
    }
  }

  private Optional<Route> route(HttpMessage request) {
    String path = URI.create(request.word(1)).getPath();
    Optional<Route> route =
        routes.stream()
            .filter(one -> one.takes(request.word(0), path))
            .min(Comparator.comparingLong(Route::variables));
    if (route.isEmpty()) {
      unknown.add(request.lines().getFirst());
    }
    return route;
  }

  private Optional<Loss> loss(Route route) {
    Optional<Loss> loss =
        strikes.stream()
            .filter(strike -> strike.hits(route))
            .findFirst()
            .map(strike -> strike.loss);
    loss.ifPresent(_ -> struck.add(route));
    return loss;
  }

  /** Reads the whole answer first, so that the service has done all of its work. */
  private static void lose(HttpMessage request, InputStream back, OutputStream out, Loss loss)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer(request, back, answer);
    if (loss == Loss.HALF_ANSWER) {
      int head = answer.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
      int body = answer.size() - head - 4;
      out.write(answer.toByteArray(), 0, body == 0 ? head : head + 4 + body / 2);
      out.flush();
    }
  }

  private static boolean answer(HttpMessage request, InputStream back, OutputStream out)
      throws IOException {
    HttpMessage answer = HttpMessage.read(back).orElseThrow(() -> new IOException("No answer."));
    while (answer.word(1).startsWith("1")) {
      out.write(answer.bytes());
      answer = HttpMessage.read(back).orElseThrow(() -> new IOException("No answer."));
    }
    out.write(answer.bytes());
    boolean bodiless =
        request.word(0).equals("HEAD") || Set.of("204", "304").contains(answer.word(1));
    boolean framed =
        answer.header("Content-Length").isPresent()
            || answer.header("Transfer-Encoding").isPresent();
    if (!bodiless) {
      answer.copyBody(back, out, true);
    }
    out.flush();
    return (bodiless || framed)
        && !answer.header("Connection").orElse("").equalsIgnoreCase("close");
  }
}
