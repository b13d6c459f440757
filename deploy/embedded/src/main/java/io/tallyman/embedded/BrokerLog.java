package io.tallyman.embedded;

import io.tallyman.embedded.process.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Makes the embedded broker log to a file instead of the console, until it is closed. */
public final class BrokerLog implements AutoCloseable {
  private static final int MOST_BYTES = 10_000_000;
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("org.apache.qpid"), Logger.getLogger("qpid"));

  private final FileHandler file;

  private BrokerLog(FileHandler file) {
    this.file = file;
  }

  public static BrokerLog open(Path log) {
    try {
      FileHandler file = new FileHandler(log.toString().replace("%", "%%"), MOST_BYTES, 1, false);
      file.setFormatter(new SimpleFormatter());
      for (Logger logger : LOGGERS) {
        logger.setUseParentHandlers(false);
        logger.addHandler(file);
      }
      return new BrokerLog(file);
    } catch (IOException e) {
      throw new StartFailure("The broker cannot log to " + log + ": " + e, e);
    }
  }

  @Override
  public void close() {
    LOGGERS.forEach(logger -> logger.removeHandler(file));
    file.close();
  }
}
