/**
 * The rows of an import: a worker stages them, and then they become billings in one transaction.
 */
@NullMarked
package io.tallyman.billing.staging;

import org.jspecify.annotations.NullMarked;
