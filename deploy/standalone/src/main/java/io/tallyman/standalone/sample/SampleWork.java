package io.tallyman.standalone.sample;

import io.tallyman.standalone.client.GatewayClient;
import io.tallyman.standalone.client.GatewayTask;
import io.tallyman.standalone.client.GatewayTask.SheetResult;
import io.tallyman.standalone.stack.Rehearsal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What users do most: an import, and then many small sheets, which some clients submit, await and
 * download. It ends after a minute at the latest.
 */
public final class SampleWork implements Rehearsal {
  /** Enough for the services to load all classes that this work needs. */
  private static final int SHEETS = 100;

  private static final int CLIENTS = 8;
  private static final Duration MOST_TIME = Duration.ofMinutes(1);

  @Override
  public void run(URI gateway, String adminPassword, Path scratch, BooleanSupplier isOver) {
    GatewayClient client = new GatewayClient(gateway);
    client.logIn("admin", adminPassword);
    Path billings = scratch.resolve("billings.csv");
    SampleBillings.writeTo(billings);
    client.awaitEnd(client.importBillings(SampleImport.gzip(billings)));
    AtomicInteger begun = new AtomicInteger();
    long deadline = System.nanoTime() + MOST_TIME.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      IntStream.range(0, CLIENTS)
          .mapToObj(
              number ->
                  CompletableFuture.runAsync(
                      () -> {
                        Path sheet = scratch.resolve("sheet-" + number);
                        int day = begun.getAndIncrement();
                        while (day < SHEETS
                            && System.nanoTime() < deadline
                            && !isOver.getAsBoolean()) {
                          makeSheet(client, day, sheet);
                          day = begun.getAndIncrement();
                        }
                      },
                      threads))
          .toList()
          .forEach(CompletableFuture::join);
    }
  }

  private static void makeSheet(GatewayClient client, int number, Path file) {
    int days = SampleBillings.FIRST_DAY.lengthOfYear();
    String day = SampleBillings.FIRST_DAY.plusDays(number % days).toString();
    GatewayTask ended =
        client.awaitEnd(client.submit("billing.sheet", Map.of("billing_date", day)));
    client.download(GatewayClient.result(ended, SheetResult.class).sheetId(), file);
  }
}
