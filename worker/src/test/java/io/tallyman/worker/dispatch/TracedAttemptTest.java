package io.tallyman.worker.dispatch;

import static io.tallyman.worker.billingservice.StandInBillingService.Call.CLAIM;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.HEARTBEAT;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.OUTCOME;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.ROWS;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.tallyman.worker.billingservice.StandInBillingService;
import io.tallyman.worker.billingservice.StandInBillingService.Answer;
import io.tallyman.worker.billingservice.StandInBillingService.Asked;
import io.tallyman.worker.billingservice.StandInBillingService.Call;
import io.tallyman.worker.billingservice.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** All log lines and calls for a task carry the id of the request that submitted it. */
@Timeout(60)
final class TracedAttemptTest {
  private static final String REQUEST = "my-request";

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.tallyman.worker");
  private final Log log = new Log();
  private RunningWorker worker;
  private StandInBillingService billingService;
  private TestQueue queue;

  /** Records log lines; each is preceded by its request id. */
  private static final class Log extends AppenderBase<ILoggingEvent> {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      String request = event.getMDCPropertyMap().get("request_id");
      lines.add(request + " " + event.getFormattedMessage());
    }
  }

  @BeforeEach
  void start(@TempDir Path store) throws Exception {
    worker = new RunningWorker(store);
    billingService = worker.billingService;
    queue = new TestQueue(worker.broker());
    log.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    logger.setLevel(null);
    queue.close();
    worker.close();
  }

  @Test
  void everyLineAboutTheTaskIsLoggedUnderItsRequest() throws Exception {
    billingService.answer(HEARTBEAT, Answer.of(503), Answer.verdict(Verdict.CONTINUE));
    billingService.answer(OUTCOME, Answer.of(503), Answer.of(200));
    queue.dispatch(worker.task);
    worker.awaitCalls(HEARTBEAT, 2);
    worker.shutDown();

    assertThat(log.lines.stream().filter(line -> line.contains(worker.task.toString())))
        .allMatch(line -> line.startsWith(REQUEST))
        .anyMatch(line -> line.endsWith("claimed"))
        .anyMatch(line -> line.endsWith("giving the task back"))
        .anyMatch(line -> line.contains("the outcome got no answer"))
        .anyMatch(line -> line.contains("given back, after"));
  }

  @Test
  void lineAfterTheTaskIsNotLoggedUnderItsRequest() throws Exception {
    worker.work().open();
    queue.dispatch(worker.task);
    queue.dispatch(worker.task);
    worker.awaitCalls(CLAIM, 2);
    worker.shutDown();

    assertThat(log.lines)
        .anyMatch(line -> line.contains("claim refused") && !line.contains(REQUEST));
  }

  @ParameterizedTest
  @EnumSource(names = {"ROWS", "USERS", "OUTCOME"})
  void everyCallForTheTaskCarriesItsRequest(Call call) throws Exception {
    billingService.answer(
        CLAIM,
        worker.claimed("billing.assignments", "{\"from\": \"2022-03-31\", \"to\": \"2022-03-31\"}"),
        Answer.problem(409, "claim-refused"));
    billingService.answer(
        ROWS,
        new Answer(
            200,
            Map.of("X-Row-Count", "1", "X-Snapshot-At", "2026-01-02T03:04:05Z"),
            "3,2022-03-31,Acme,A-1,,10.50,GBP,1\n",
            false));
    billingService.answer(
        USERS, Answer.json(200, "{\"data\": [{\"id\": 3, \"username\": \"a\", \"name\": \"A\"}]}"));
    billingService.answer(OUTCOME, Answer.of(202), Answer.of(200));
    queue.dispatch(worker.task);
    worker.awaitCalls(OUTCOME, 2);

    assertThat(billingService.asked(call))
        .isNotEmpty()
        .extracting(Asked::requestId)
        .containsOnly(REQUEST);
  }
}
