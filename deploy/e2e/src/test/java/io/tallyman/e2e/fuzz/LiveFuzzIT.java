package io.tallyman.e2e.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.OwnStack;
import io.tallyman.e2e.live.LiveObjects;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends broken frames, and broken bytes instead of frames, over WebSockets. Every session goes on
 * or is closed with a code of the document, nothing is an internal error, and no session is left at
 * the end.
 *
 * <p>It sends 10,000 inputs, or as many as possible in 40 s, with a fixed seed. To send more, in
 * the root of the repository:
 *
 * <pre>{@code
 * mvn -Dquick -Punder-fire -Dit.test=LiveFuzzIT -Dtallyman.fuzz.seed=7 verify
 * }</pre>
 */
final class LiveFuzzIT {
  private static final String INPUTS = "tallyman.fuzz.inputs";
  private static final long USUAL_INPUTS = 10_000;
  private static final Duration USUAL_TIME = Duration.ofSeconds(40);
  private static final Duration LONG = Duration.ofHours(12);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.shared();

  @AutoClose private final TallymanStack stack = OwnStack.start(Layout.ofWorkers(1), Map.of());

  private final Gateway gateway = new Gateway(stack);

  @Test
  void whateverIsSentTheGatewayGoesOnAndNoSessionIsLeft() throws Exception {
    long seed = Long.getLong("tallyman.fuzz.seed", 7);
    long inputs = Long.getLong(INPUTS, USUAL_INPUTS);
    System.out.println("Fuzz of WebSockets from seed " + seed + ", inputs " + inputs);
    String task = gateway.submit("billing.sheet", Map.of("billing_date", "2009-01-05"));
    gateway.awaitSuccess(task, PATIENCE);
    LiveBarrage barrage = new LiveBarrage(gateway, new FrameFuzzer(sound(task), seed));

    barrage.fire(inputs, System.getProperty(INPUTS) == null ? USUAL_TIME : LONG);

    System.out.println(barrage.report());
    assertThat(barrage.faults()).isEmpty();
    assertThat(barrage.inputs()).isPositive();
    assertThat(barrage.resets()).isLessThanOrEqualTo(barrage.inputs() / 100);
    await("the gateway forgets the sessions")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(LiveObjects.ofGateway(stack).sessions()).isZero());
    assertThat(stack.log("gateway")).doesNotContain(" ERROR ");
    gateway.awaitSuccess(
        gateway.submit("billing.sheet", Map.of("billing_date", "2009-01-06")), PATIENCE);
  }

  private static List<JsonNode> sound(String task) {
    return Stream.of(
            "{'type': 'subscribe', 'ref': 'a', 'task_ids': ['%s']}",
            "{'type': 'subscribe', 'ref': 'b', 'task_ids': ['%s'], 'resume_from': {'%1$s': 1}}",
            "{'type': 'subscribe', 'ref': 'c', 'group_id': '%s'}",
            "{'type': 'subscribe', 'ref': 'd', 'filter': {'status': 'STARTED'}}",
            "{'type': 'subscribe', 'ref': 'e', 'filter': {'task': 'billing.sheet'}}",
            "{'type': 'unsubscribe', 'ref': 'f', 'subscription': 'd'}",
            "{'type': 'cancel', 'ref': 'g', 'task_id': '%s'}",
            "{'type': 'ping', 'ref': 'h'}")
        .map(frame -> frame.formatted(frame.contains("group_id") ? UUID.randomUUID() : task))
        .map(frame -> JSON.readTree(frame.replace('\'', '"')))
        .toList();
  }
}
