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

/** Imports the sample billings through the public API. */
public record SampleImport(Path directory, GatewayClient client, TaskWatch watch) {

  /** Whether the samples were imported completely, in this run or in an earlier one. */
  public static boolean isDone(Path directory) {
    return Files.exists(marker(directory));
  }

  /** Adds managers and imports the billings; a second time, all billings are duplicates. */
  public ImportResult run() {
    watch.line().show("Adding sample users and vendors …");
    new SampleManagers(client).add();
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
      Files.writeString(marker(directory), "The sample billings were imported.\n");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The note that the samples were imported cannot be written: " + e, e);
    }
  }

  private static Path marker(Path directory) {
    return directory.resolve("imported");
  }

  static byte[] gzip(Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      Files.copy(file, gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("The sample billings cannot be read: " + e, e);
    }
    return bytes.toByteArray();
  }
}
