package io.tallyman.kit.disk;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A file that is being written. Nobody sees it under its name before {@link #publish}; if it is
 * closed before that, nothing of it remains. Used by one thread at a time.
 */
public abstract class NewFile extends OutputStream {
  /**
   * Gives the file its name. When this returns, the file is complete and survives a power cut; when
   * it fails, there is no such file once this is closed.
   */
  public abstract void publish() throws IOException;
}
