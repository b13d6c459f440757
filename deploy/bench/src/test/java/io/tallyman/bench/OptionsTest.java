package io.tallyman.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallyman.bench.measure.Measurement;
import io.tallyman.bench.measure.Scale;
import io.tallyman.standalone.stack.UsageError;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionsTest {
  @Test
  void everythingIsMeasuredCompletelyByDefault() {
    Options options = Options.parse(List.of());

    assertThat(options.measurements()).containsExactly(Measurement.values());
    assertThat(options.scale()).isEqualTo(Scale.FULL);
    assertThat(options.json()).isEmpty();
    assertThat(options.markdown()).isEmpty();
  }

  @Test
  void optionsChoose() {
    Options options =
        Options.parse(
            List.of(
                "--rounds",
                "7",
                "--rows",
                "lone,sheets",
                "--short",
                "--json",
                "a.json",
                "--markdown",
                "b.md"));

    assertThat(options.measurements()).containsExactly(Measurement.SHEETS, Measurement.LONE);
    assertThat(options.scale()).isEqualTo(Scale.SHORT.withRounds(7));
    assertThat(options.json()).contains(Path.of("a.json"));
    assertThat(options.markdown()).contains(Path.of("b.md"));
  }

  @Test
  void helpListsEverythingThatCanBeMeasured() {
    for (Measurement measurement : Measurement.values()) {
      assertThat(Options.helpText()).contains("  " + measurement.word() + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--rows sheets;naps, naps",
    "--rounds 0, --rounds",
    "--rounds, --rounds needs a value",
    "--fast, --fast is not an option"
  })
  void wrongOptionsAreNamed(String words, String named) {
    List<String> arguments = List.of(words.replace(';', ',').split(" ", -1));

    assertThatThrownBy(() -> Options.parse(arguments))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(named);
  }
}
