package io.tallyman.gateway.live.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What waits to be sent to a client that reads slowly, or not at all. */
final class OutboxTest {
  private static final int MOST = 100_000;
  private static final Outbox.Key KEY = new Outbox.Key("a", UUID.randomUUID());

  private final OutboxBudget budget = budget(1_000_000);
  private final SlowClient client = new SlowClient();
  private final Outbox outbox = new Outbox(client, budget, MOST);

  @Test
  void oneFrameIsSentAtATimeAndTheOthersFollowInOrder() {
    outbox.offer(frame("1"));
    outbox.offer(frame("2"));
    outbox.offer(frame("3"));
    assertThat(client.got).containsExactly("1");

    client.read();
    assertThat(client.got).containsExactly("1", "2");
    client.read();
    client.read();

    assertThat(client.got).containsExactly("1", "2", "3");
    assertThat(outbox.bytes()).isZero();
    assertThat(budget.bytes()).isZero();
  }

  @Test
  void clientThatIsTooSlowLosesItsSession() {
    for (int sent = 0; client.closed == null && sent < 1_000; sent++) {
      outbox.offer(frame("a".repeat(1_000)));
      assertThat(outbox.bytes()).isLessThanOrEqualTo(MOST);
    }

    assertThat(client.closed).isEqualTo(Close.TOO_SLOW);
    assertThat(budget.bytes()).isZero();
  }

  @Test
  void onlyTheLatestProgressOfATaskIsSentBehindEverythingElse() {
    outbox.offer(frame("1"));
    for (int done = 0; done < 10_000; done++) {
      outbox.offerProgress(KEY, frame("progress " + done));
    }
    outbox.offer(frame("2"));
    client.read();
    client.read();
    client.read();

    assertThat(client.got).containsExactly("1", "2", "progress 9999");
    assertThat(client.closed).isNull();
    assertThat(budget.bytes()).isZero();
  }

  @Test
  void progressThatIsOutOfDateIsNotSent() {
    outbox.offer(frame("1"));
    outbox.offerProgress(KEY, frame("progress"));
    outbox.forgetProgress(KEY);
    client.read();

    assertThat(client.got).containsExactly("1");
    assertThat(budget.bytes()).isZero();
  }

  @Test
  void progressGivesWayToEvents() {
    outbox.offer(frame("1"));
    for (int task = 0; task < 50; task++) {
      outbox.offerProgress(new Outbox.Key("a", UUID.randomUUID()), frame("p".repeat(1_500)));
    }
    for (int sent = 0; sent < 60; sent++) {
      outbox.offer(frame("a".repeat(1_000)));
    }

    assertThat(client.closed).isNull();
  }

  @Test
  void fullestOutboxIsClosedIfAllTogetherAreTooFull() {
    OutboxBudget small = budget(50_000);
    SlowClient slow = new SlowClient();
    SlowClient slower = new SlowClient();
    Outbox first = new Outbox(slow, small, MOST);
    Outbox second = new Outbox(slower, small, MOST);
    for (int sent = 0; sent < 10; sent++) {
      first.offer(frame("a".repeat(1_000)));
    }
    for (int sent = 0; slower.closed == null && sent < 1_000; sent++) {
      second.offer(frame("a".repeat(1_000)));
    }

    assertThat(slower.closed).isEqualTo(Close.TOO_SLOW);
    assertThat(slow.closed).isNull();
    assertThat(small.bytes()).isEqualTo(first.bytes());
  }

  @Test
  void frameThatCannotBeSentClosesTheSession() {
    outbox.offer(frame("1"));
    client.fail();

    assertThat(client.closed).isEqualTo(Close.FAILED);
  }

  private static OutboxBudget budget(long most) {
    return new OutboxBudget(
        new LiveConfiguration(
            1, 1, 1, 1, 65_536, MOST, most, Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  private static Frame frame(String text) {
    return Frame.of(text.getBytes(UTF_8));
  }
}
