package io.tallyman.standalone.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Work that the services do while they are trained. */
@FunctionalInterface
public interface Rehearsal {
  /**
   * Does the work through the public API, as the user admin. May throw anything if a request fails.
   *
   * @param gateway the address of the gateway
   * @param scratch an empty folder for files, which is deleted afterwards
   * @param isOver whether to stop early
   */
  void run(URI gateway, String adminPassword, Path scratch, BooleanSupplier isOver);
}
