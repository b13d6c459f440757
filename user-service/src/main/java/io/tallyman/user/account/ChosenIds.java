package io.tallyman.user.account;

import io.micronaut.http.HttpParameters;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ids of the users that a request names with {@code ?ids=3,1,2}.
 *
 * @param ids in the order of the request, each id once
 */
record ChosenIds(List<Long> ids) {
  private static final int MOST = 200;
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  /**
   * @throws InvalidFields if there are too many, if they are not ids, or if a page is requested too
   */
  static ChosenIds of(String text, HttpParameters query) {
    List<FieldError> paging =
        Stream.of("cursor", "limit")
            .filter(query::contains)
            .map(
                name ->
                    new FieldError(
                        "?" + name, "cannot be used together with ids; remove one of them"))
            .toList();
    if (!paging.isEmpty()) {
      throw new InvalidFields(paging);
    }
    String[] ids = text.split(",", -1);
    if (ids.length > MOST) {
      throw refused("has " + ids.length + " ids; request at most " + MOST + " users at a time");
    }
    if (!Arrays.stream(ids).allMatch(id -> ID.matcher(id).matches())) {
      throw refused("is not a list of user ids, such as 1,2,3");
    }
    return new ChosenIds(Arrays.stream(ids).map(Long::valueOf).distinct().toList());
  }

  private static InvalidFields refused(String detail) {
    return new InvalidFields(List.of(new FieldError("?ids", detail)));
  }
}
