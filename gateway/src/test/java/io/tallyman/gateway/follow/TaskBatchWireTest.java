package io.tallyman.gateway.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.follow.TaskBatchClient.Found;
import io.tallyman.gateway.follow.TaskBatchClient.Wanted;
import io.tallyman.gateway.task.TaskStatus;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Requests and answers of batches equal billing-service's samples. */
@MicronautTest
final class TaskBatchWireTest extends GatewayTest {
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("0197a3c2-6f00-7000-8000-000000000009");

  @Inject JsonMapper json;

  @Test
  void batchIsAskedForAsBillingServiceReadsIt() throws IOException {
    assertThat(tree(json.writeValueAsString(new Wanted(List.of(TASK, OTHER)))))
        .isEqualTo(tree(sample("billing-service", "task-batch-request")));
  }

  @Test
  void batchIsReadAsBillingServiceWritesIt() throws IOException {
    String task = sample("billing-service", "task");

    Found found = json.readValue("{\"added_later\": [1], \"data\": [" + task + "]}", Found.class);

    assertThat(Objects.requireNonNull(found).data().getFirst().taskId()).isEqualTo(TASK);
    assertThat(found.data().getFirst().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  private JsonNode tree(String text) throws IOException {
    return Objects.requireNonNull(json.readValue(text, JsonNode.class));
  }
}
