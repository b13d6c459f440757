/** Finished sheets: their manifests, one by one and as a list. */
@NullMarked
package io.tallyman.billing.sheet;

import org.jspecify.annotations.NullMarked;
