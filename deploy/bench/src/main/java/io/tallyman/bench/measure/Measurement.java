package io.tallyman.bench.measure;

import java.util.Locale;

/** What can be measured, in the order of the table. */
public enum Measurement {
  SHEETS("many sheets of 10 rows at once, accepts, and the CPU time of one"),
  LONE("a single task at a time"),
  USERS("requests that the gateway passes on to user-service"),
  BIG("the sheet of 1,000,000 billings"),
  IMPORT("the import of 1,000,000 billings"),
  BACKLOG("small sheets while 90,000 other tasks wait or have a far eta"),
  SLOW("20, 1,000 and 10,000 slow calls at once"),
  WORKERS("small sheets with 1, 2 and 4 workers"),
  MORE("sheets of 10, 100 and 1,000 rows"),
  START("memory after work, and start");

  private final String description;

  Measurement(String description) {
    this.description = description;
  }

  /** The name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String description() {
    return description;
  }

  public void measure(Run run) {
    switch (this) {
      case SHEETS -> SmallSheets.measure(run);
      case LONE -> LoneTasks.measure(run);
      case USERS -> Users.measure(run);
      case BIG -> BigSheet.measure(run);
      case IMPORT -> Import.measure(run);
      case BACKLOG -> Backlog.measure(run);
      case SLOW -> SlowCalls.measure(run);
      case WORKERS -> Workers.measure(run);
      case MORE -> MoreRows.measure(run);
      case START -> Start.measure(run);
    }
  }
}
