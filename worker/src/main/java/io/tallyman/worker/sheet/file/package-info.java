/** The sheet store as a directory. Nothing outside this package knows paths. */
@NullMarked
package io.tallyman.worker.sheet.file;

import org.jspecify.annotations.NullMarked;
