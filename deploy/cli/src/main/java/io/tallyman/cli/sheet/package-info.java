/** The download of sheets. */
@NullMarked
package io.tallyman.cli.sheet;

import org.jspecify.annotations.NullMarked;
