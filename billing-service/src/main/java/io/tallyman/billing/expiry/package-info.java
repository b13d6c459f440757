/** Tombstones: the ids of expired tasks, groups and sheets. */
@NullMarked
package io.tallyman.billing.expiry;

import org.jspecify.annotations.NullMarked;
