package io.tallyman.gateway.account;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Users that were asked for by their ids.
 *
 * @param data in the order asked, each once
 * @param missing the ids that no user has
 */
@Serdeable
record ChosenUsers(List<User> data, List<Long> missing) {}
