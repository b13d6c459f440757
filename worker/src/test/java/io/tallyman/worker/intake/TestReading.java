package io.tallyman.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tallyman.worker.intake.csv.CsvFormat;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Upload;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.intake.row.UploadReader;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.stream.TestWork;
import io.tallyman.worker.task.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a whole file like an import, but without calls to billing-service. */
record TestReading(List<List<String>> good, List<List<String>> refused) {

  /** Fails if rows are lost or counted twice. */
  static TestReading of(byte[] content, ImportParameters parameters, Path store)
      throws IOException, InterruptedException {
    Work work = TestWork.in(store);
    Path file = store.resolve(TestWork.UPLOAD);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    ByteArrayOutputStream staged = new ByteArrayOutputStream();
    try (Upload upload = Upload.of(work.openUpload(), _ -> {})) {
      UploadReader reader = UploadReader.begin(upload, parameters);
      try (RefusedRows refused =
          new RefusedRows(
              work,
              SheetFormat.RAW,
              reader.layout().header(),
              new RefusedRowsConfiguration(1_000_000, 1 << 30))) {
        AtomicLong others = new AtomicLong();
        StagedRows good = new StagedRows(staged::writeBytes, Long.MAX_VALUE);
        reader.read(
            row -> {
              switch (row) {
                case Row.Good one -> good.add(one);
                case Row.Refused one -> refused.add(one);
                case Row.Empty _, Row.Footer _ -> others.incrementAndGet();
              }
            });
        good.flush();
        WrittenSheet sheet = refused.finish("refused.csv", Instant.EPOCH);
        TestReading read =
            new TestReading(
                records(staged.toString(StandardCharsets.UTF_8)),
                sheet == null ? List.of() : behindHeader(store.resolve(TestWork.SHEET)));
        assertThat(read.refused).hasSize(sheet == null ? 0 : (int) sheet.rows());
        assertThat(read.good.size() + read.refused.size() + others.get()).isEqualTo(reader.rows());
        assertThat(reader.rows()).isEqualTo(dataRecords(file, parameters));
        return read;
      }
    }
  }

  private static long dataRecords(Path file, ImportParameters parameters) throws IOException {
    long records = -1;
    try (Upload upload = Upload.of(Files.newInputStream(file), _ -> {})) {
      for (var all = upload.records(CsvFormat.of(parameters)); all.hasNext(); all.next()) {
        records++;
      }
    }
    return records;
  }

  private static List<List<String>> behindHeader(Path sheet) throws IOException {
    List<List<String>> records = records(Files.readString(sheet));
    return records.subList(1, records.size());
  }

  private static List<List<String>> records(String csv) throws IOException {
    List<List<String>> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(csv)) {
      reader.forEach(row -> records.add(row.getFields()));
    }
    return records;
  }
}
