package io.tallyman.gateway.account;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Users that were requested by their ids.
 *
 * @param data in the order of the request, each user once
 * @param missing the ids that do not exist
 */
@Serdeable
record ChosenUsers(List<User> data, List<Long> missing) {}
