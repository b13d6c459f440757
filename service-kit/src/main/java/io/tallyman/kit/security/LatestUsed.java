package io.tallyman.kit.security;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that keeps the entries that were used last and forgets the others. Callers synchronize on
 * it.
 */
public final class LatestUsed<V> extends LinkedHashMap<String, V> {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_SIZE = 16;
  private static final float LOAD_FACTOR = 0.75f;

  private final int most;

  /**
   * @param most the entries that are kept
   */
  public LatestUsed(int most) {
    super(FIRST_SIZE, LOAD_FACTOR, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > most;
  }
}
