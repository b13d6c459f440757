package io.tallyman.user.apikey;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * @param data all keys of a user, the oldest first; never more than {@link ApiKeys#MOST}
 */
@Serdeable
record ApiKeyList(List<ApiKey> data) {}
