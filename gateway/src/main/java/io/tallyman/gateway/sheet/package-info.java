/** Sheets: their manifests, and their bytes as a stream. */
@NullMarked
package io.tallyman.gateway.sheet;

import org.jspecify.annotations.NullMarked;
