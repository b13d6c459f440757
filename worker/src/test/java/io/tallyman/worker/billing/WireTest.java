package io.tallyman.worker.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetFormat.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The task types read billing-service's samples of parameters. */
final class WireTest {
  private static final Path SAMPLES = Path.of("../billing-service/src/wire");

  @AutoClose private static final ApplicationContext CONTEXT = ApplicationContext.run();

  @Test
  void readsTheParametersOfASheet() throws IOException {
    byte[] sample = Files.readAllBytes(SAMPLES.resolve("sheet-parameters.json"));

    assertThat(CONTEXT.getBean(JsonMapper.class).readValue(sample, SheetParameters.class))
        .isEqualTo(
            new SheetParameters(
                null,
                LocalDate.of(2018, 1, 1),
                LocalDate.of(2022, 12, 31),
                7L,
                "GBP",
                new SheetFormat(Profile.EXCEL, ";")));
  }
}
