/** The sample billings, and their import. */
@NullMarked
package io.tallyman.standalone.sample;

import org.jspecify.annotations.NullMarked;
