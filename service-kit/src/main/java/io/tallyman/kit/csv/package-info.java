/** Rules for cells of CSV that all services keep. */
@NullMarked
package io.tallyman.kit.csv;

import org.jspecify.annotations.NullMarked;
