/** Finished sheets: their manifests, their files, and the sweeping of what nobody needs. */
@NullMarked
package io.tallyman.billing.sheet;

import org.jspecify.annotations.NullMarked;
