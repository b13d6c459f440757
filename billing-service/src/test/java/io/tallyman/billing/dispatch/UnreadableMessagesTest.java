package io.tallyman.billing.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UnreadableMessagesTest {
  private static final String COUNTER = "tallyman_messages_unreadable_total";

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void messageIsKeptWithItsReasonAndCountedOnce() {
    UUID id = UUID.randomUUID();
    double before = counted();

    assertThat(keep(id, "{task=billing.sheet}").status()).isEqualTo(204);
    assertThat(keep(id, "{task=billing.sheet}").status()).isEqualTo(204);

    assertThat(
            SERVICE.count(
                "unreadable_message WHERE id = ? AND worker_id = 'worker-1' AND reason = 'no id'"
                    + " AND headers = '{task=billing.sheet}' AND body = '\\x00ff'",
                id))
        .isOne();
    assertThat(counted()).isEqualTo(before + 1);
  }

  @Test
  void oldestMessagesMakeRoom() {
    SERVICE.execute(
        """
        INSERT INTO unreadable_message
        SELECT gen_random_uuid(), 'worker-1', 'old', '', '', now() - n * interval '1 s'
        FROM generate_series(1, 1000) AS n
        """);

    keep(UUID.randomUUID(), "");

    assertThat(SERVICE.count("unreadable_message")).isEqualTo(1000);
    assertThat(SERVICE.count("unreadable_message WHERE reason = 'no id'")).isOne();
    assertThat(SERVICE.count("unreadable_message WHERE seen_at <= now() - interval '1000 s'"))
        .isZero();
  }

  private static Answer keep(UUID id, String headers) {
    return SERVICE.put(
        "/internal/unreadable-messages/" + id,
        """
        {"worker_id": "worker-1", "reason": "no id", "headers": "%s", "body": "AP8="}
        """
            .formatted(headers));
  }

  private static String metrics() {
    return SERVICE.sendUnchanged(HttpRequest.newBuilder(SERVICE.management("/prometheus"))).body();
  }

  private static double counted() {
    return Arrays.stream(metrics().split("\n"))
        .filter(line -> line.startsWith(COUNTER))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToDouble(Double::parseDouble)
        .sum();
  }
}
