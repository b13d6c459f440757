package io.tallyman.e2e.chaos;

import io.tallyman.e2e.chaos.Order.Habit;
import io.tallyman.e2e.chaos.Promise.Failed;
import io.tallyman.e2e.chaos.Promise.Imported;
import io.tallyman.e2e.chaos.Promise.Sheet;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Generates the orders of clients. The same seed gives the same orders. */
final class Orders {
  private static final String TASKS = "/api/v1/tasks";
  private static final String GROUPS = "/api/v1/task-groups";
  private static final String IMPORTS = "/api/v1/imports";
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final int FIRST_OWN_YEAR = 3000;
  private static final int CROWD = 12;

  private final Random random;
  private final Bills bills;
  private final List<Map.Entry<String, Long>> vendors;
  private int ownYear = FIRST_OWN_YEAR;

  /**
   * @param bills the billings that exist from the start
   * @param vendors the ids of some of their vendors
   */
  Orders(long seed, Bills bills, Map<String, Long> vendors) {
    this.random = new Random(seed);
    this.bills = bills;
    this.vendors = List.copyOf(new TreeMap<>(vendors).entrySet());
  }

  private record Item(String task, Map<String, ?> parameters, Promise promise) {
    private Map<String, ?> body() {
      return Map.of("task", task, "parameters", parameters);
    }
  }

  /** In groups, so that some tasks wait while workers are busy. Sorted by due time. */
  List<Order> make(int count, Duration within) {
    return IntStream.range(0, count)
        .mapToObj(number -> number - number % CROWD)
        .map(number -> make(within.multipliedBy(number).dividedBy(count)))
        .toList();
  }

  private Order make(Duration due) {
    int dice = random.nextInt(100);
    if (dice < 18) {
      Bills own = new Bills(ownYear++, 500 + random.nextInt(8_000));
      return new Order(due, IMPORTS, CSV, own.csv(), List.of(new Imported(own)), habit());
    }
    if (dice < 24) {
      String strange = "when,who,what\r\n2020-01-01,Nobody," + random.nextInt() + "\r\n";
      return new Order(due, IMPORTS, CSV, strange, List.of(new Failed("header-mismatch")), habit());
    }
    if (dice < 34) {
      List<Item> items = Stream.generate(this::item).limit(2 + random.nextInt(4)).toList();
      String body = json(Map.of("tasks", items.stream().map(Item::body).toList()));
      List<Promise> promises = items.stream().map(Item::promise).toList();
      return new Order(due, GROUPS, JSON, body, promises, habit());
    }
    Item item = item();
    return new Order(due, TASKS, JSON, json(item.body()), List.of(item.promise), habit());
  }

  private Habit habit() {
    int dice = random.nextInt(100);
    Habit[] habits = Habit.values();
    return dice < 55 ? Habit.WAITS : habits[1 + dice % (habits.length - 1)];
  }

  private Item item() {
    LocalDate from = bills.day(random.nextInt(365));
    LocalDate to = bills.day(from.getDayOfYear() - 1 + random.nextInt(60));
    LocalDate last = to.isBefore(from) ? from : to;
    Predicate<Bills.Bill> within =
        bill -> !bill.date().isBefore(from) && !bill.date().isAfter(last);
    Map<String, String> days = Map.of("from", from.toString(), "to", last.toString());
    return switch (random.nextInt(12)) {
      case 0, 1, 2 ->
          sheet(Map.of("billing_date", from.toString()), bill -> bill.date().equals(from));
      case 3, 4 -> sheet(days, within);
      case 5 -> {
        Map<String, String> year =
            Map.of("from", bills.day(0).toString(), "to", bills.day(364).toString());
        yield sheet(year, _ -> true);
      }
      case 6 ->
          sheet(with(days, "currency", "EUR"), within.and(bill -> bill.currency().equals("EUR")));
      case 7 -> {
        Map.Entry<String, Long> vendor = vendors.get(random.nextInt(vendors.size()));
        yield sheet(
            with(days, "vendor_id", vendor.getValue()),
            within.and(bill -> bill.vendor().equals(vendor.getKey())));
      }
      case 8 ->
          new Item(
              "billing.total_payables",
              Map.of("year", bills.year()),
              new Sheet(bills.payables(), "total"));
      default -> new Item("billing.assignments", days, promise(within));
    };
  }

  private Item sheet(Map<String, ?> parameters, Predicate<Bills.Bill> which) {
    return new Item("billing.sheet", parameters, promise(which));
  }

  private Sheet promise(Predicate<Bills.Bill> which) {
    return new Sheet(bills.figures(which), "payable");
  }

  private static Map<String, ?> with(Map<String, String> days, String name, Object value) {
    Map<String, Object> all = new HashMap<>(days);
    all.put(name, value);
    return all;
  }

  private static String json(Object body) {
    return MAPPER.writeValueAsString(body);
  }
}
