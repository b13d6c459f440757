package io.tallyman.kit.page;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as it stands on the wire.
 *
 * @param data in the order of the list
 * @param nextCursor where the next page begins; null on the last
 */
@Serdeable
public record Page<T>(List<T> data, @Nullable String nextCursor) {}
