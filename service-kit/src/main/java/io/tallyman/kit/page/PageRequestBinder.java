package io.tallyman.kit.page;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

@Singleton
final class PageRequestBinder implements TypedRequestArgumentBinder<PageRequest> {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

  @Override
  public Argument<PageRequest> argumentType() {
    return Argument.of(PageRequest.class);
  }

  @Override
  public BindingResult<PageRequest> bind(
      ArgumentConversionContext<PageRequest> context, HttpRequest<?> request) {
    HttpParameters query = request.getParameters();
    PageRequest page = new PageRequest(limit(query.get("limit")), query.get("cursor"));
    return () -> Optional.of(page);
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return PageRequest.USUAL;
    }
    int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > PageRequest.MOST) {
      throw new InvalidFields(
          List.of(new FieldError("?limit", "is not a number from 1 to " + PageRequest.MOST)));
    }
    return limit;
  }
}
