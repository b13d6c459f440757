package io.tallyman.worker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.embedded.EmbeddedBroker;
import io.tallyman.kit.amqp.BrokerConnection;
import io.tallyman.worker.attempt.Attempts;
import io.tallyman.worker.billingservice.BillingServiceClient;
import io.tallyman.worker.billingservice.StandInBillingService;
import io.tallyman.worker.billingservice.StandInBillingService.Answer;
import io.tallyman.worker.billingservice.StandInBillingService.Asked;
import io.tallyman.worker.billingservice.StandInBillingService.Call;
import io.tallyman.worker.dispatch.amqp.DispatchConsumer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A real worker with one long slot on a real broker, and one task that it may claim once. */
final class RunningWorker implements AutoCloseable {
  final UUID task = UUID.randomUUID();
  final Path sheet;
  final StandInBillingService billingService;
  private final ApplicationContext context;
  private EmbeddedBroker broker;

  RunningWorker(Path store) throws Exception {
    this(store, 0);
  }

  RunningWorker(Path store, int lightSlots) throws Exception {
    sheet = store.resolve("sheets/" + task + "-1.csv");
    broker = EmbeddedBroker.start(0);
    billingService = StandInBillingService.start();
    billingService.answer(
        Call.CLAIM, claimed(GatedTask.NAME), Answer.problem(409, "claim-refused"));
    Map<String, Object> properties =
        Map.of(
            "micronaut.server.port",
            -1,
            "tallyman.worker.id",
            "worker-1",
            "tallyman.worker.slots",
            1,
            "tallyman.worker.light-slots",
            lightSlots,
            "tallyman.store.directory",
            store,
            "tallyman.broker.uri",
            broker.uri(),
            "tallyman.billing-service.url",
            billingService.uri(),
            "tallyman.user-service.url",
            billingService.uri());
    context = ApplicationContext.run(EmbeddedServer.class, properties).getApplicationContext();
  }

  URI broker() {
    return broker.uri();
  }

  GatedTask work() {
    return context.getBean(GatedTask.class);
  }

  LongTask longWork() {
    return context.getBean(LongTask.class);
  }

  BrokenTask brokenWork() {
    return context.getBean(BrokenTask.class);
  }

  Slots slots() {
    return context.getBean(Slots.class);
  }

  /** Another slot, whose claims use this client. */
  Slot slot(BillingServiceClient client) {
    return new Slot(
        new DispatchConsumer(context.getBean(BrokerConnection.class)),
        new Claims(client, context.getBean(WorkerConfiguration.class)),
        context.getBean(Places.class),
        context.getBean(Attempts.class));
  }

  /** billing-service's answer to a granted claim. */
  Answer claimed(String type) {
    return claimed(type, "{}");
  }

  Answer claimed(String type, String parameters) {
    return claimed(task, type, parameters);
  }

  static Answer claimed(UUID task, String type, String parameters) {
    return Answer.json(
        200,
        """
        {"task_id": "%s", "attempt": 1, "task": "%s", "parameters": %s, "lease_ms": 15000,
         "heartbeat_ms": 50, "sheet_file": "sheets/%s-1.csv", "upload_file": null,
         "request_id": "my-request"}
        """
            .formatted(task, type, parameters, task));
  }

  void awaitWorking() {
    await().untilAsserted(() -> assertThat(work().runs()).isOne());
  }

  void awaitCalls(Call call, int count) {
    await()
        .untilAsserted(
            () -> assertThat(billingService.asked(call)).hasSizeGreaterThanOrEqualTo(count));
  }

  Asked awaitOutcome() {
    awaitCalls(Call.OUTCOME, 1);
    return billingService.asked(Call.OUTCOME).getFirst();
  }

  void restartBroker() {
    broker.close();
    broker = broker.startAgain();
  }

  /** Shuts down as on SIGTERM. Returns when the worker would exit. */
  void shutDown() {
    context.close();
  }

  @Override
  public void close() {
    context.close();
    billingService.close();
    broker.close();
  }
}
