package io.tallyman.e2e.fuzz;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.fuzz.FrameFuzzer.Input;
import io.tallyman.e2e.live.WebSocketWire;
import io.tallyman.e2e.live.WebSocketWire.Closed;
import io.tallyman.e2e.live.WebSocketWire.Received;
import io.tallyman.e2e.live.WebSocketWire.Text;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends many inputs over a few sessions. After each input it asks for a pong: the session goes on,
 * or it was closed with a code of the document.
 */
final class LiveBarrage {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int CONNECTIONS = 12;

  /** Later the client closes the session, by a close frame or without. */
  private static final int MOST_INPUTS_OF_A_SESSION = 100;

  private static final int MOST_FAULTS = 25;

  /** For what keeps the rules of RFC 6455. */
  private static final Set<Integer> CODES = Set.of(1003, 1007, 1009, 4400);

  private static final int FAILED = 1011;
  private static final String RESET = "reset";

  private static final Set<String> TYPES =
      Set.of("snapshot", "event", "progress", "ack", "pong", "error");

  private final Gateway gateway;
  private final FrameFuzzer fuzzer;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong slowest = new AtomicLong();
  private final AtomicLong sessions = new AtomicLong();
  private final Map<String, Long> outcomes = new ConcurrentSkipListMap<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private long begun;
  private long ended;

  LiveBarrage(Gateway gateway, FrameFuzzer fuzzer) {
    this.gateway = gateway;
    this.fuzzer = fuzzer;
  }

  /** Returns when this many inputs were sent, or when the time is over. */
  void fire(long inputs, Duration time) throws Exception {
    begun = System.nanoTime();
    long deadline = begun + time.toNanos();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> fired = new ArrayList<>();
      for (int client = 0; client < CONNECTIONS; client++) {
        fired.add(clients.submit(() -> fireSessions(inputs, deadline)));
      }
      for (Future<?> one : fired) {
        one.get();
      }
    }
    ended = System.nanoTime();
  }

  List<String> faults() {
    return faults;
  }

  long inputs() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The inputs whose answer is unknown, because the connection was reset. */
  long resets() {
    return outcomes.getOrDefault(RESET, 0L);
  }

  String report() {
    double seconds = (ended - begun) / 1e9;
    return "%d inputs in %d sessions in %.1f s, the slowest answer after %d ms; outcomes %s"
        .formatted(inputs(), sessions.get(), seconds, slowest.get() / 1_000_000, outcomes);
  }

  private Void fireSessions(long inputs, long deadline) throws IOException {
    while (next.get() < inputs && System.nanoTime() < deadline && faults.size() < MOST_FAULTS) {
      sessions.incrementAndGet();
      try (WebSocketWire wire = WebSocketWire.open(gateway)) {
        fireSession(wire, inputs);
      }
    }
    return null;
  }

  private void fireSession(WebSocketWire wire, long inputs) throws IOException {
    for (int count = 0; count < MOST_INPUTS_OF_A_SESSION; count++) {
      long number = next.getAndIncrement();
      if (number >= inputs || !goesOn(wire, fuzzer.make(number))) {
        return;
      }
    }
    if (sessions.get() % 2 == 0) {
      wire.send(WebSocketWire.LAST | WebSocketWire.CLOSE, new byte[] {0x03, (byte) 0xe8});
      wire.receiveClose();
    }
  }

  /** Whether the session is still open. */
  private boolean goesOn(WebSocketWire wire, Input input) {
    long asked = System.nanoTime();
    String outcome;
    try {
      outcome = answer(wire, input);
    } catch (SocketTimeoutException silence) {
      faults.add("no answer to " + input);
      outcome = "silence";
    } catch (IOException closed) {
      outcome = input.isFramed() ? "closed while sending" : "closed";
    }
    slowest.accumulateAndGet(System.nanoTime() - asked, Math::max);
    outcomes.merge(outcome, 1L, Long::sum);
    return outcome.startsWith("pong");
  }

  private String answer(WebSocketWire wire, Input input) throws IOException {
    wire.sendBytes(input.bytes());
    if (!input.isFramed()) {
      // The input may be the beginning of a frame, of which the ping would be a part.
      wire.endOfInput();
      return closed(wire.receiveClose(), input);
    }
    String ref = "ping " + input.number();
    wire.send("{\"type\": \"ping\", \"ref\": \"" + ref + "\"}");
    int errors = 0;
    while (true) {
      Received received = wire.receive();
      if (received instanceof Closed closed) {
        return closed(closed, input);
      }
      JsonNode frame = JSON.readTree(((Text) received).text());
      if (!TYPES.contains(frame.path("type").asString(""))) {
        faults.add("unknown frame " + frame + " after " + input);
      }
      if (frame.at("/problem/status").asInt(0) >= 500) {
        faults.add(frame + " after " + input);
      }
      errors += frame.has("problem") ? 1 : 0;
      if (frame.path("ref").asString("").equals(ref)) {
        return errors > 0 ? "pong after an error" : "pong";
      }
    }
  }

  private String closed(Closed closed, Input input) {
    if (closed.reason().startsWith(SocketException.class.getName())) {
      // The gateway refused the beginning of what was sent and closed the connection before it had
      // read the rest. Then TCP may drop its answer.
      return RESET;
    }
    if (closed.code() == FAILED || (input.isFramed() && !CODES.contains(closed.code()))) {
      faults.add(closed + " after " + input);
    }
    return Integer.toString(closed.code());
  }
}
