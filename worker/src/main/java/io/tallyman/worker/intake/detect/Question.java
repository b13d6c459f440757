package io.tallyman.worker.intake.detect;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A doubt about a file.
 *
 * @param option the option of an import that answers it
 * @param field for the option {@code columns}, our name of the column
 * @param question the doubt, for people
 * @param choices the likely answers, the likeliest first
 * @param isOpen whether other values of the option are answers too
 */
@Serdeable
public record Question(
    String option, @Nullable String field, String question, List<Choice> choices, boolean isOpen) {

  /**
   * @param value the value of the option
   * @param samples cells of the file, and what they mean with this value
   */
  @Serdeable
  public record Choice(String value, List<Sample> samples) {}
}
