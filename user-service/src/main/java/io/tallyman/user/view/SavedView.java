package io.tallyman.user.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;

/**
 * A view that a user keeps.
 *
 * @param name unique among the views of the user
 * @param query the query of the list of tasks; empty if all tasks are shown
 */
@Serdeable
@MappedEntity("saved_view")
record SavedView(@Id long id, String name, String query, Instant updatedAt) {}
