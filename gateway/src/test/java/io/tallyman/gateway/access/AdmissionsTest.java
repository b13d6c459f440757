package io.tallyman.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.http.HttpRequest;
import io.tallyman.kit.security.AccessToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many connections, whose tokens have all expired. */
final class AdmissionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Tokens ISSUER = Tokens.of("ours");
  private static final String NEXT = ISSUER.issue("3", 600, "viewer");
  private static final HttpRequest<?> REQUEST = HttpRequest.GET("/ws/tasks");
  private static final int MANY = 1_000;
  private static final int MOST_AT_ONCE = 8;

  private final HeldExchange exchange = new HeldExchange();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final CheckedTokens tokens = new CheckedTokens(ISSUER::keys, exchange);
  private final Admissions admissions = new Admissions(tokens, executor);
  private final AccessToken expired =
      tokens
          .find(new Credential(Credential.Kind.ACCESS_TOKEN, ISSUER.issue("3", -1, "viewer")))
          .orElseThrow();

  @AfterEach
  void stop() {
    exchange.free.release(MANY);
    executor.close();
  }

  @Test
  void connectionsWithTheSameKeyCauseOneExchange() {
    List<Admission> all = IntStream.range(0, MANY).mapToObj(_ -> expired("one key")).toList();

    all.forEach(Admission::hasEnded);
    await().atMost(PATIENCE).until(() -> exchange.begun.get() == 1);
    all.forEach(Admission::hasEnded);
    exchange.free.release(1);

    await().atMost(PATIENCE).until(() -> exchange.ended.get() == 1);
    assertThat(all).noneMatch(Admission::hasEnded);
    assertThat(exchange.begun).hasValue(1);
  }

  @Test
  void fewExchangesRunAtOnce() {
    List<Admission> all = new ArrayList<>();
    IntStream.range(0, MANY).forEach(number -> all.add(expired("key " + number)));

    all.forEach(Admission::hasEnded);
    await().atMost(PATIENCE).until(() -> exchange.begun.get() == MOST_AT_ONCE);
    exchange.free.release(MANY);

    await().atMost(PATIENCE).until(() -> exchange.ended.get() == MANY);
    assertThat(exchange.mostAtOnce.get()).isLessThanOrEqualTo(MOST_AT_ONCE);
    assertThat(all).noneMatch(Admission::hasEnded);
  }

  private Admission expired(String key) {
    return admissions.admit(REQUEST, new Credential(Credential.Kind.API_KEY, key), expired);
  }

  /** user-service, which answers when the test says so. */
  private static final class HeldExchange implements ExchangeClient {
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Semaphore free = new Semaphore(0);

    @Override
    public ExchangedToken exchangeKey(SentApiKey key) {
      int running = begun.incrementAndGet() - ended.get();
      mostAtOnce.accumulateAndGet(running, Math::max);
      free.acquireUninterruptibly();
      ended.incrementAndGet();
      return new ExchangedToken(NEXT);
    }

    @Override
    public ExchangedToken exchangeSession(SentSession session) {
      throw new AssertionError("there is no session");
    }

    @Override
    public ExchangedToken exchangeTicket(SentStreamTicket ticket) {
      throw new AssertionError("there is no ticket");
    }
  }
}
