/** Streams of the rows of one moment of the database, on connections of their own. */
@NullMarked
package io.tallyman.billing.snapshot;

import org.jspecify.annotations.NullMarked;
