package io.tallyman.kit.page;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** Lists numbers in ascending order, while the test adds more. */
@Controller
class ShelfController {
  final ConcurrentSkipListSet<Integer> numbers = new ConcurrentSkipListSet<>();

  private final Pages pages;

  @Serdeable
  record Position(int number) {}

  @Serdeable
  record Filter(int least, @Nullable String label) {}

  ShelfController(Pages pages) {
    this.pages = pages;
  }

  @Get("/shelf")
  Page<Integer> shelf(
      @QueryValue(defaultValue = "0") int least,
      @Nullable @QueryValue String label,
      PageRequest request) {
    return page("shelf", new Filter(least, label), request);
  }

  @Get("/other-shelf")
  Page<Integer> otherShelf(PageRequest request) {
    return page("other-shelf", new Filter(0, null), request);
  }

  private Page<Integer> page(String list, Filter filter, PageRequest request) {
    return pages.page(
        new Keyset<>(list, Position.class, Position::new),
        filter,
        request,
        (after, count) -> numbers(filter, after, count));
  }

  private List<Integer> numbers(Filter filter, @Nullable Position after, int count) {
    int from = after == null ? filter.least() : after.number() + 1;
    return numbers.tailSet(from).stream().limit(count).toList();
  }
}
