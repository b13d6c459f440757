/**
 * What is left of tasks, groups and sheets that are not kept any more: that there were such ids.
 */
@NullMarked
package io.tallyman.billing.expiry;

import org.jspecify.annotations.NullMarked;
