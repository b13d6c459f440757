package io.tallyman.billing.profile;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Options of imports that are kept under a name.
 *
 * @param options query parameters of {@code POST /imports}, by name
 * @param header the names of the columns of files that the profile is for; null if it does not say
 *     them
 */
@Serdeable
public record ImportProfile(
    String name, JsonNode options, @Nullable JsonNode header, Instant updatedAt) {}
