/** Imports: CSV files of others are read, validated row by row, and staged or refused. */
@NullMarked
package io.tallyman.worker.intake;

import org.jspecify.annotations.NullMarked;
