/** Finished sheets: their manifests and files, and the deletion of unneeded files. */
@NullMarked
package io.tallyman.billing.sheet;

import org.jspecify.annotations.NullMarked;
