/** What is measured. */
@NullMarked
package io.tallyman.bench.measure;

import org.jspecify.annotations.NullMarked;
