package io.tallyman.kit.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(startApplication = false)
final class ChangeTest {
  @Inject JsonMapper json;
  @Inject ValidChanges valid;

  @Serdeable
  record Parcel(
      @NotBlank String sentTo, @Nullable Long weight, @Size(max = 1) List<String> labels) {}

  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ChangedParcel(Change<String> sentTo, Change<Long> weight, Change<List<String>> labels) {
    Map<String, Change<?>> changes() {
      return Map.of("sentTo", sentTo, "weight", weight, "labels", labels);
    }
  }

  @Test
  void whatIsLeftOutIsKeptApartFromNull() throws IOException {
    assertThat(read("{\"weight\":null,\"labels\":[\"fragile\"]}"))
        .isEqualTo(
            new ChangedParcel(Change.none(), Change.to(null), Change.to(List.of("fragile"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"sent_to\":null,\"weight\":null,\"labels\":null}",
        "{\"sent_to\":\"Ada\",\"weight\":3,\"labels\":[]}"
      })
  void patchIsWrittenAsItWasRead(String patch) throws IOException {
    assertThat(json.writeValueAsString(read(patch))).isEqualTo(patch);
  }

  @Test
  void valueOfTheWrongTypeIsRefused() {
    assertThatThrownBy(() -> read("{\"weight\":\"heavy\"}")).isInstanceOf(IOException.class);
  }

  @Test
  void onlyWhatIsGivenIsHeldToTheConstraintsOfTheWhole() throws IOException {
    valid.require(Parcel.class, read("{}").changes());
    valid.require(Parcel.class, read("{\"weight\":null}").changes());
  }

  @Test
  void everyNewValueThatTheWholeMayNotHaveIsNamed() {
    assertThatThrownBy(
            () ->
                valid.require(
                    Parcel.class, read("{\"sent_to\":null,\"labels\":[\"a\",\"b\"]}").changes()))
        .isInstanceOfSatisfying(
            ConstraintViolationException.class,
            failure ->
                assertThat(failure.getConstraintViolations())
                    .extracting(violation -> violation.getPropertyPath().toString())
                    .containsExactlyInAnyOrder("sentTo", "labels"));
  }

  private ChangedParcel read(String patch) throws IOException {
    return Objects.requireNonNull(json.readValue(patch, ChangedParcel.class));
  }
}
