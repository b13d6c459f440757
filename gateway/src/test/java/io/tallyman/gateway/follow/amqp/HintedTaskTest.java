package io.tallyman.gateway.follow.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.rabbitmq.connect.ChannelPool;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.embedded.EmbeddedBroker;
import io.tallyman.embedded.process.Ports;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.follow.FollowedTasks;
import io.tallyman.gateway.follow.StandInTasks;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskStatus;
import io.tallyman.kit.amqp.BrokerChannels;
import io.tallyman.kit.amqp.Topology;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hints reach waiting requests through a broker that goes away and comes back. The timer that reads
 * tasks is off here: a task is read only after a hint, or after the listener was away.
 */
final class HintedTaskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HINTS = GatewayTest.sample("billing-service", "hints");
  private static final UUID ENDED = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");
  private static final String EXCHANGE = "tallyman.events";
  private static final String LAST_DECLARED = "";
  private static final String MANAGEMENT_PORT = "tallyman.management.port";
  private static final String HINTS_ONLY = "test.hints-only";

  private final FakeService billing = new FakeService("billing-service");
  private final StandInTasks tasks = new StandInTasks(billing);
  private EmbeddedBroker broker = EmbeddedBroker.start(0);

  @AutoClose private final EmbeddedServer gateway = startGateway();

  private final HintQueue hints = gateway.getApplicationContext().getBean(HintQueue.class);
  private final Opened opened = gateway.getApplicationContext().getBean(Opened.class);

  @BeforeEach
  void awaitQueue() {
    await().atMost(PATIENCE).until(hints::isConsuming);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void everyHintOfATaskThatMayHaveEndedHasItsTaskRead() throws Exception {
    UUID id = tasks.waiting();
    CompletableFuture<Task> end = follow(gateway, id);
    for (int hint = 0; hint < 10; hint++) {
      int reads = tasks.batchReads();
      publish(hint(id));
      await().atMost(PATIENCE).until(() -> tasks.batchReads() > reads);
    }

    tasks.end(id);
    publish(hint(id));

    assertThat(end.get(30, SECONDS).status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(tasks.batches()).allMatch(Set.of(id)::equals);
  }

  @Test
  void hintsOfAnOpenTaskAndOfAnEndWithItsTaskReadNothing() throws Exception {
    CompletableFuture<Task> end = follow(gateway, ENDED);

    publish(hintOfAnOpenTask(ENDED));
    publish(HINTS);

    assertThat(end.get(30, SECONDS).status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(tasks.batchReads()).isZero();
  }

  @Test
  void hintOfAnEarlierReleaseHasItsTaskRead() throws Exception {
    UUID id = tasks.waiting();
    CompletableFuture<Task> end = follow(gateway, id);
    tasks.end(id);

    publish("{\"task_id\": \"" + id + "\", \"seq\": 3}");

    assertThat(end.get(30, SECONDS).status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"not even JSON", "", "null", "[]", "{\"task_id\": 1}", "[1]", "[null]", "[{}]"})
  void hintThatCannotBeDecodedIsDroppedAndTheConsumerStays(String message) throws Exception {
    Channel before = opened.last();

    publish(message);

    awaitHintedEnd();
    assertThat(opened.last()).isSameAs(before);
    assertThat(before.isOpen()).isTrue();
  }

  @Test
  void hintsComeAgainAfterTheBrokerWasLostAndEndsOfItsAbsenceAreFound() throws Exception {
    CompletableFuture<Task> meanwhile = endDuring(this::restartBroker);

    assertThat(meanwhile.get(30, SECONDS).status()).isEqualTo(TaskStatus.SUCCESS);
    awaitHintedEnd();
  }

  @Test
  void hintsComeAgainAfterTheQueueWasDeletedAndEndsUntilThenAreFound() throws Exception {
    CompletableFuture<Task> meanwhile = endDuring(this::deleteQueue);

    assertThat(meanwhile.get(30, SECONDS).status()).isEqualTo(TaskStatus.SUCCESS);
    awaitHintedEnd();
  }

  @Test
  void hintsComeAgainAfterTheChannelWasClosedAndEndsUntilThenAreFound() throws Exception {
    CompletableFuture<Task> meanwhile = endDuring(this::closeChannel);

    assertThat(meanwhile.get(30, SECONDS).status()).isEqualTo(TaskStatus.SUCCESS);
    awaitHintedEnd();
  }

  @Test
  void gatewayThatStartsWithoutABrokerIsReadyAndReceivesHintsLater() throws Exception {
    broker.close();
    try (EmbeddedServer late = startGateway()) {
      assertThat(readiness(late)).contains("\"status\":\"UP\"").contains("\"connected\":false");
      CompletableFuture<Task> meanwhile = endUnheard(late);

      broker = broker.startAgain();

      assertThat(meanwhile.get(30, SECONDS).status()).isEqualTo(TaskStatus.SUCCESS);
      awaitHintedEnd(late);
      assertThat(readiness(late)).contains("\"connected\":true");
    }
  }

  @Test
  void frameworkHasNoConnectionOfItsOwn() {
    assertThat(gateway.getApplicationContext().getBeansOfType(ChannelPool.class))
        .singleElement()
        .isInstanceOf(BrokerChannels.class);
    assertThatThrownBy(() -> gateway.getApplicationContext().getBean(Connection.class))
        .hasRootCauseMessage("tallyman.broker.uri is the only connection to a broker");
  }

  /** The client gives a new channel the lowest free number. */
  @Test
  void lostConsumersLeaveNoChannelsOpen() throws Exception {
    for (int loss = 0; loss < 5; loss++) {
      deleteQueue();
      closeChannel();
      cancelConsumer();
    }

    Channel next = opened.last().getConnection().createChannel();
    assertThat(next.getChannelNumber()).isLessThanOrEqualTo(2);
  }

  private CompletableFuture<Task> endDuring(Callable<?> loss) throws Exception {
    CompletableFuture<Task> end = endUnheard(gateway);
    loss.call();
    return end;
  }

  /** A task that a request waits for, and that ends without a hint. */
  private CompletableFuture<Task> endUnheard(EmbeddedServer at) {
    UUID id = tasks.waiting();
    CompletableFuture<Task> end = follow(at, id);
    tasks.end(id);
    return end;
  }

  private Channel restartBroker() {
    return awaitAnotherChannel(
        () -> {
          broker.close();
          broker = broker.startAgain();
        });
  }

  private Channel deleteQueue() {
    return awaitAnotherChannel(() -> opened.last().queueDelete(LAST_DECLARED));
  }

  private Channel closeChannel() {
    return awaitAnotherChannel(
        () ->
            assertThatThrownBy(() -> opened.last().queueDeclarePassive("there-is-none"))
                .isInstanceOf(IOException.class));
  }

  /**
   * Does what the framework does when the broker cancels a consumer. The embedded broker never
   * cancels one.
   */
  private Channel cancelConsumer() {
    return awaitAnotherChannel(
        () ->
            gateway
                .getApplicationContext()
                .getBean(BrokerChannels.class)
                .returnChannel(opened.last()));
  }

  private Channel awaitAnotherChannel(ThrowingRunnable loss) {
    Channel before = opened.last();
    try {
      loss.run();
    } catch (Throwable failure) {
      throw new AssertionError("The loss cannot be caused", failure);
    }
    return await()
        .atMost(PATIENCE)
        .until(opened::last, now -> !now.equals(before) && hints.isConsuming());
  }

  private void awaitHintedEnd() throws Exception {
    awaitHintedEnd(gateway);
  }

  private void awaitHintedEnd(EmbeddedServer at) throws Exception {
    UUID id = tasks.waiting();
    CompletableFuture<Task> end = follow(at, id);
    tasks.end(id);
    publish(hint(id));
    assertThat(end.get(30, SECONDS).status()).isEqualTo(TaskStatus.SUCCESS);
  }

  private EmbeddedServer startGateway() {
    Map<String, Object> settings =
        Map.of(
            "tallyman.broker.uri",
            broker.uri(),
            "tallyman.billing-service.url",
            billing.url(),
            MANAGEMENT_PORT,
            Ports.free(),
            HINTS_ONLY,
            true);
    return ApplicationContext.run(EmbeddedServer.class, settings, "test");
  }

  private static CompletableFuture<Task> follow(EmbeddedServer at, UUID id) {
    return at.getApplicationContext()
        .getBean(FollowedTasks.class)
        .follow(id, Duration.ofMinutes(5))
        .orElseThrow();
  }

  /** With details, so from the management port. */
  private static String readiness(EmbeddedServer of) throws Exception {
    int port = of.getApplicationContext().getRequiredProperty(MANAGEMENT_PORT, int.class);
    URI address = URI.create(Ports.url(port) + "/health/readiness");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
          .body()
          .replace(" ", "");
    }
  }

  private static String hint(UUID id) {
    return hintOfAnOpenTask(id).replace("\"open\": true", "\"open\": false");
  }

  private static String hintOfAnOpenTask(UUID id) {
    String first = HINTS.substring(0, HINTS.indexOf('}') + 1) + "]";
    return first.replaceFirst("\"task_id\": \"[^\"]+\"", "\"task_id\": \"" + id + "\"");
  }

  private void publish(String hint) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.uri());
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      channel.basicPublish(EXCHANGE, "", null, hint.getBytes(UTF_8));
    }
  }

  /** Records the channel of the listener. */
  @Singleton
  @Requires(property = HINTS_ONLY)
  static final class Opened extends Topology {
    private volatile @Nullable Channel last;

    @Override
    public void initialize(Channel channel, String name) {
      last = channel;
    }

    private Channel last() {
      return Objects.requireNonNull(last);
    }
  }

  /** Replaces the timer that reads tasks without hints, so that it does nothing. */
  @Singleton
  @Requires(property = HINTS_ONLY)
  static final class NoOtherReads implements BeanCreatedEventListener<FallbackPolling> {
    @Override
    public FallbackPolling onCreated(BeanCreatedEvent<FallbackPolling> event) {
      BeanContext context = event.getSource();
      return new FallbackPolling(
          context.getBean(HintQueue.class), context.createBean(FollowedTasks.class));
    }
  }
}
