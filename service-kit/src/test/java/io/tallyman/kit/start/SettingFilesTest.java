package io.tallyman.kit.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingFilesTest {
  private static final String VARIABLE = "TALLYMAN_SOME_SECRET_FILE";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"a secret|a secret", "a\\n|a", "a\\r\\n|a", "a\\n\\n|a\\n", "' a '|' a '"})
  void valueIsTheContentWithoutTheLastLineEnd(String content, String value) throws IOException {
    try (ApplicationContext context =
        ApplicationContext.builder()
            .propertySources(
                SettingFiles.of(
                    Map.of(VARIABLE, file(unescaped(content)), "TALLYMAN_SOME_SECRET", "")))
            .start()) {
      assertThat(context.getProperty("tallyman.some.secret", String.class))
          .hasValue(unescaped(value));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OTHER_FILE", "TALLYMAN_FILE", "TALLYMAN_HOSTS"})
  void otherVariablesAreNotFiles(String variable) {
    assertThat(SettingFiles.of(Map.of(variable, "/nowhere"))).isEmpty();
  }

  @Test
  void variableWithoutAValueIsNoFile() {
    assertThat(SettingFiles.of(Map.of(VARIABLE, ""))).isEmpty();
  }

  @Test
  void missingFileIsNamed() {
    Path missing = directory.resolve("missing");

    assertThat(refusal(Map.of(VARIABLE, missing.toString())))
        .startsWith(VARIABLE + ": the file " + missing + " cannot be read");
  }

  @Test
  void directoryIsNoFile() {
    assertThat(refusal(Map.of(VARIABLE, directory.toString())))
        .startsWith(VARIABLE + ": the file " + directory + " cannot be read");
  }

  @Test
  void fileThatIsNoTextIsNamedWithoutItsContent() throws IOException {
    Path binary = Files.write(directory.resolve("binary"), new byte[] {'s', 'e', 'c', (byte) 0xff});

    assertThat(refusal(Map.of(VARIABLE, binary.toString())))
        .startsWith(VARIABLE + ": the file " + binary + " cannot be read")
        .doesNotContain("sec\ufffd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \r\n"})
  void emptyFileIsNamed(String content) throws IOException {
    assertThat(refusal(Map.of(VARIABLE, file(content)))).startsWith(VARIABLE).endsWith(" is empty");
  }

  @Test
  void settingWithAValueAndAFileIsRefused() throws IOException {
    assertThat(refusal(Map.of(VARIABLE, file("one"), "TALLYMAN_SOME_SECRET", "other")))
        .isEqualTo(
            "TALLYMAN_SOME_SECRET and TALLYMAN_SOME_SECRET_FILE are both set; set only one of"
                + " them");
  }

  private static String refusal(Map<String, String> environment) {
    return Start.reason(
        assertThatExceptionOfType(ConfigurationException.class)
            .isThrownBy(() -> SettingFiles.of(environment))
            .actual());
  }

  private String file(String content) throws IOException {
    return Files.writeString(directory.resolve("secret"), content).toString();
  }

  /** CSV has no escapes for line ends. */
  private static String unescaped(String text) {
    return text.translateEscapes();
  }
}
