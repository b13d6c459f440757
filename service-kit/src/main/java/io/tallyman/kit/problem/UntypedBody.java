package io.tallyman.kit.problem;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import java.util.List;
import java.util.stream.Collectors;

/** A body whose sender does not say what it is. */
final class UntypedBody extends Refusal {
  private static final ProblemType TYPE = ProblemType.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
  private static final long serialVersionUID = 1L;

  UntypedBody(List<MediaType> taken) {
    super(
        TYPE,
        taken.stream()
            .map(MediaType::getName)
            .collect(
                Collectors.joining(", ", "The body has no Content-Type. Allowed types: [", "]")));
  }
}
