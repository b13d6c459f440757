/** The CSV files of clients: compression, encoding, records, and the formats of cells. */
@NullMarked
package io.tallyman.worker.intake.csv;

import org.jspecify.annotations.NullMarked;
