package io.tallyman.user.account;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Users that were asked for by their ids.
 *
 * @param data in the order asked; a user who is asked for twice is told once
 * @param missing the ids that no user has, in the order asked
 */
@Serdeable
record ChosenUsers(List<User> data, List<Long> missing) {}
