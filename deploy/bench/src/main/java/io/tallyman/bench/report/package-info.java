/** The tables. */
@NullMarked
package io.tallyman.bench.report;

import org.jspecify.annotations.NullMarked;
