package io.tallyman.kit.problem;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import java.util.List;
import java.util.stream.Collectors;

/** The request has a body but no Content-Type. */
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
