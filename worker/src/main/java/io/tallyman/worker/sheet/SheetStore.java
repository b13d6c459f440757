package io.tallyman.worker.sheet;

import io.tallyman.kit.disk.NewFile;
import java.io.IOException;
import java.io.InputStream;

/**
 * The files that this worker shares with the other workers and with billing-service, which alone
 * decides what they are called. A file is complete or absent, and never changes. Every method is
 * one that an object store has too.
 */
public interface SheetStore {
  /**
   * Begins a file, which gets its name once all of it is written.
   *
   * @throws io.tallyman.kit.disk.DiskFull if the store has too little free space; writing to the
   *     file may throw it too
   */
  NewFile begin(String name) throws IOException;

  /**
   * Describes a file.
   *
   * @throws IOException also if there is no such file
   */
  StoredFile describe(String name) throws IOException;

  /**
   * Opens a file to read it from its first byte on.
   *
   * @throws IOException also if there is no such file
   */
  InputStream read(String name) throws IOException;

  /** Removes a file, complete or unfinished; there need not be one. */
  void delete(String name) throws IOException;
}
