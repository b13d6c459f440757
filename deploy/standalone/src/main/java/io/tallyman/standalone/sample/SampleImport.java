package io.tallyman.standalone.sample;

import io.tallyman.standalone.client.GatewayClient;
import io.tallyman.standalone.client.GatewayTask;
import io.tallyman.standalone.client.GatewayTask.ImportResult;
import io.tallyman.standalone.client.TaskWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Brings the sample billings in, by the import that everybody uses. */
public record SampleImport(Path directory, GatewayClient client, TaskWatch watch) {

  /** Whether the samples came in completely, in this or in an earlier run. */
  public boolean isDone() {
    return Files.exists(marker());
  }

  /** Imports them; a second time finds duplicates only. */
  public ImportResult run() {
    Path file = directory.resolve("billings.csv");
    SampleBillings.writeTo(file);
    GatewayTask accepted = client.importBillings(gzip(file));
    GatewayTask ended = watch.awaitSuccess(accepted, "Importing sample billings");
    ImportResult result = GatewayClient.result(ended, ImportResult.class);
    mark();
    return result;
  }

  private void mark() {
    try {
      Files.writeString(marker(), "The sample billings were imported.\n");
    } catch (IOException e) {
      throw new UncheckedIOException("That the samples are in cannot be noted: " + e, e);
    }
  }

  private Path marker() {
    return directory.resolve("imported");
  }

  private static byte[] gzip(Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      Files.copy(file, gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("The sample billings cannot be read: " + e, e);
    }
    return bytes.toByteArray();
  }
}
