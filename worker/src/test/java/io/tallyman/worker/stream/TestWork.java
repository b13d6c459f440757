package io.tallyman.worker.stream;

import io.micronaut.context.ApplicationContext;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.kit.credential.Credentials;
import io.tallyman.kit.tls.TrustedAuthorities;
import io.tallyman.worker.sheet.file.TestStore;
import io.tallyman.worker.task.AttemptFailure;
import io.tallyman.worker.task.Claimed;
import io.tallyman.worker.task.LongSlots;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.Work;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An attempt with its streams, for tests of task types. */
public final class TestWork {
  public static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");
  public static final String SHEET = "sheets/" + TASK + "-1.csv";
  public static final String UPLOAD = "uploads/" + TASK;

  /** It makes credentials. */
  private static final ApplicationContext CONTEXT = ApplicationContext.run();

  private TestWork() {}

  public static Work in(Path store) {
    return in(store, null);
  }

  /**
   * @param input what came with the claim
   */
  public static Work in(Path store, @Nullable JsonNode input) {
    JsonNode none = JsonNode.createObjectNode(Map.of());
    Claimed claimed =
        new Claimed(TASK, 1, "test", none, 1_000, SHEET, 0, UPLOAD, input, "a-request");
    return new Work(claimed, TestStore.at(store), new LongSlots(1, 0));
  }

  public static Progress progress(Work work) {
    return work.progress();
  }

  public static BillingServiceStreams streams(URI billingService) {
    return new BillingServiceStreams(
        new BillingServiceConfiguration(billingService),
        CONTEXT.getBean(Credentials.class),
        CONTEXT.getBean(TrustedAuthorities.class));
  }

  /** The last part of the failure's problem type. */
  public static String slug(AttemptFailure failure) {
    String type = failure.fault().type().toString();
    return type.substring(type.lastIndexOf(':') + 1);
  }
}
