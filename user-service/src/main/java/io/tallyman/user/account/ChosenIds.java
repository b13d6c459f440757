package io.tallyman.user.account;

import io.micronaut.http.HttpParameters;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The users that a request asks for by {@code ?ids=3,1,2}.
 *
 * @param ids in the order asked, each once
 */
record ChosenIds(List<Long> ids) {
  private static final int MOST = 200;
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  /**
   * @throws InvalidFields if they are too many, no ids, or a page is asked for as well
   */
  static ChosenIds of(String text, HttpParameters query) {
    List<FieldError> paging =
        Stream.of("cursor", "limit")
            .filter(query::contains)
            .map(name -> new FieldError("?" + name, "does not go with ids; leave one of them out"))
            .toList();
    if (!paging.isEmpty()) {
      throw new InvalidFields(paging);
    }
    String[] ids = text.split(",", -1);
    if (ids.length > MOST) {
      throw refused("names " + ids.length + " users; ask for at most " + MOST + " at a time");
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
