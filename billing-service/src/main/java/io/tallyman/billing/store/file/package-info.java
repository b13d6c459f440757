/** The sheet store as a directory. Nothing outside this package knows paths. */
@NullMarked
package io.tallyman.billing.store.file;

import org.jspecify.annotations.NullMarked;
