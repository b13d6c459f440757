/**
 * The tombstones of expired tasks, groups and sheets: their ids are still known. A package of its
 * own, because the packages of tasks and of sheets both need it.
 */
@NullMarked
package io.tallyman.billing.expiry;

import org.jspecify.annotations.NullMarked;
