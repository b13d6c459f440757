package io.tallyman.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.tallyman.testing.ContainerStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Behaviour of RabbitMQ that the embedded broker does not have. */
@OnContainers
@OnBreakableStack
final class RabbitMqIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Map<String, ?> EMPTY_DAY = Map.of("billing_date", "1999-12-29");
  private static final String QUEUE = "tallyman.tasks";
  private static final String REPLACED = "it is deleted and declared again";
  private static final List<String> WORKERS = List.of("worker-1", "worker-2");

  private static final String LOSE_THE_PROCESS_OF_THE_QUEUE =
      """
      {ok, Queue} = rabbit_amqqueue:lookup(
        rabbit_misc:r(<<"tallyman">>, queue, <<"tallyman.tasks">>)),
      ok = ra:stop_server(quorum_queues, amqqueue:get_pid(Queue)).
      """;

  /**
   * Each slot may hold a message, even while its worker is frozen. Two workers have 4 slots for
   * long attempts and 32 for light ones each.
   */
  private static final int SLOTS = 2 * (4 + 32);

  private static final int PERSISTENT = 2;

  private final ContainerStack stack = RunningStack.BREAKABLE.containers();
  private final Gateway gateway = RunningStack.BREAKABLE.gateway();

  private final List<String> paused = new ArrayList<>();

  @AfterEach
  void resumeAll() {
    paused.forEach(stack::resume);
    paused.clear();
  }

  @Test
  void messagesOutliveTheBroker() throws Exception {
    pause(WORKERS);
    List<String> tasks = submit(20);
    awaitMessages(20);
    // They cannot be sent again.
    pause(List.of("billing-service"));

    stack.kill("rabbitmq");

    awaitMessages(20);
    resumeAll();
    awaitSuccess(tasks);
  }

  @Test
  void messagesArePersistent() throws Exception {
    pause(WORKERS);
    List<String> tasks = submit(SLOTS + 1);
    awaitMessages(SLOTS + 1);

    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(stack.broker("worker"));
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      GetResponse message = channel.basicGet(QUEUE, false);
      assertThat(message.getProps().getDeliveryMode()).isEqualTo(PERSISTENT);
      assertThat(message.getBody()).isEmpty();
      channel.basicReject(message.getEnvelope().getDeliveryTag(), true);
    }
    resumeAll();
    awaitSuccess(tasks);
  }

  @Test
  void tasksWhoseQueuesAreDeletedAreDispatchedAnew() {
    pause(WORKERS);
    List<String> tasks = submit(20);
    awaitMessages(20);

    queues().forEach(queue -> rabbitmqctl("delete_queue", "-p", "tallyman", queue));
    resumeAll();

    awaitSuccess(tasks);
  }

  /** The queue is exclusive, so the broker cancels its consumer. */
  @Test
  void gatewayDeclaresItsDeletedQueueAgainAndLeavesNoChannelOpen() {
    String queue = awaitHintQueueAfter("none");
    long channels = channelsOfTheGateway();

    for (int deletion = 0; deletion < 3; deletion++) {
      rabbitmqctl("delete_queue", "-p", "tallyman", queue);
      queue = awaitHintQueueAfter(queue);
    }

    await("no more channels than before")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> channelsOfTheGateway() == channels);
  }

  /**
   * As if RabbitMQ was killed just after the queue was declared. Consumers are not told. If the
   * queue was deleted twice at the same time, RabbitMQ would refuse it from then on.
   */
  @Test
  void tasksOfAQueueThatTheBrokerCannotReadAreDispatchedAnew() {
    pause(WORKERS);
    List<String> tasks = submit(20);
    awaitMessages(20);
    int before = occurrences(REPLACED);

    rabbitmqctl("eval", LOSE_THE_PROCESS_OF_THE_QUEUE);
    resumeAll();

    awaitSuccess(tasks);
    awaitSuccess(submit(20));
    assertThat(occurrences(REPLACED)).isEqualTo(before + 1);
  }

  /** No worker has a free slot then, and no new task would show that the queue takes nothing. */
  @Test
  void tasksOfAQueueThatNoWorkerCanConsumeAreDispatchedAnew() {
    WORKERS.forEach(stack::stop);
    List<String> tasks;
    try {
      tasks = submit(20);
      awaitMessages(20);
      rabbitmqctl("eval", LOSE_THE_PROCESS_OF_THE_QUEUE);
    } finally {
      WORKERS.forEach(stack::restart);
    }

    awaitSuccess(tasks);
  }

  @Test
  void messageThatFindsNoQueueIsReturnedAndPublishedAgain() {
    pause(WORKERS);
    rabbitmqctl("delete_queue", "-p", "tallyman", QUEUE);
    int before = occurrences("the queue does not exist");

    List<String> tasks = submit(1);

    awaitMessages(1);
    assertThat(occurrences("the queue does not exist")).isGreaterThan(before);
    resumeAll();
    awaitSuccess(tasks);
  }

  @Test
  void tasksAreAcceptedWhileTheBrokerIsShortOfMemoryAndDoneAfterwards() {
    rabbitmqctl("set_vm_memory_high_watermark", "0.00001");
    List<String> tasks;
    try {
      tasks = submit(20);
      await("billing-service knows")
          .atMost(PATIENCE)
          .until(() -> stack.log("billing-service").contains("The broker accepts no messages"));
      assertThat(gateway.task(tasks.getLast()).get("status").asString()).isEqualTo("PENDING");
      assertThat(gateway.get("/health/readiness").status()).isEqualTo(200);
    } finally {
      rabbitmqctl("set_vm_memory_high_watermark", "0.4");
    }

    awaitSuccess(tasks);
  }

  @Test
  void workerThatHoldsMessagesAndDoesNothingHoldsNobodyUp() {
    pause(List.of("worker-1"));

    List<String> tasks = submit(20);

    awaitSuccess(tasks);
  }

  /** A message that is delivered twice may be set aside twice. */
  @Test
  void messageThatNobodyCanReadIsSetAsideAndHoldsNobodyUp() throws Exception {
    List<String> messages =
        IntStream.rangeClosed(0, SLOTS).mapToObj(number -> UUID.randomUUID().toString()).toList();
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(stack.broker("billing-service"));
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      for (String message : messages) {
        channel.basicPublish("", QUEUE, null, message.getBytes(UTF_8));
      }
      channel.waitForConfirmsOrDie(PATIENCE.toMillis());
    }

    awaitSuccess(submit(1));

    BillingDatabase database = new BillingDatabase(stack);
    await("all are set aside")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(database.unreadableMessages()).contains(messages));
  }

  @Test
  void serviceMayNotDoWhatIsAnothersOnTheBroker() {
    assertThat(rabbitmqctl("list_permissions", "-p", "tallyman"))
        .contains("billing-service\t^tallyman\\.(tasks|events|progress)$")
        .contains("worker\t^tallyman\\.tasks$\t^$\t^tallyman\\.tasks$");
    assertThat(rabbitmqctl("list_users")).doesNotContain("administrator").doesNotContain("guest");
  }

  private void pause(List<String> parts) {
    for (String part : parts) {
      stack.pause(part);
      paused.add(part);
    }
  }

  private List<String> submit(int count) {
    return Stream.generate(() -> gateway.submit("billing.sheet", EMPTY_DAY)).limit(count).toList();
  }

  private void awaitSuccess(List<String> tasks) {
    for (String task : tasks) {
      JsonNode result = gateway.awaitSuccessThroughOutages(task, PATIENCE);
      assertThat(result.get("rows").asInt()).isZero();
    }
  }

  /**
   * Waits for at least this many messages, including those that workers hold. The broker may be
   * starting.
   */
  private void awaitMessages(int count) {
    await(count + " messages")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptions()
        .until(() -> messages() >= count);
  }

  private int messages() {
    return list("list_queues", "name", "messages").stream()
        .filter(line -> line.startsWith(QUEUE + "\t"))
        .mapToInt(line -> Integer.parseInt(line.substring(QUEUE.length() + 1)))
        .sum();
  }

  private List<String> queues() {
    return list("list_queues", "name").stream().filter(name -> !name.equals("name")).toList();
  }

  /** Waits until the gateway consumes hints from another queue, and returns its name. */
  private String awaitHintQueueAfter(String deleted) {
    return await("another queue of hints")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                list("list_queues", "name", "consumers").stream()
                    .filter(line -> line.startsWith("amq.gen-") && line.endsWith("\t1"))
                    .map(line -> line.substring(0, line.indexOf('\t')))
                    .filter(name -> !name.equals(deleted))
                    .findAny()
                    .orElse(""),
            name -> !name.isEmpty());
  }

  private long channelsOfTheGateway() {
    return rabbitmqctl("list_channels", "user").lines().filter("gateway"::equals).count();
  }

  private List<String> list(String... command) {
    return rabbitmqctl(with("-p", "tallyman", command)).lines().toList();
  }

  private int occurrences(String words) {
    return (int) Pattern.compile(words).matcher(stack.log("billing-service")).results().count();
  }

  private String rabbitmqctl(String... arguments) {
    return stack.run("rabbitmq", with("rabbitmqctl", "-q", arguments));
  }

  private static String[] with(String first, String second, String... rest) {
    return Stream.concat(Stream.of(first, second), Stream.of(rest)).toArray(String[]::new);
  }
}
