/** The routes of sheets: manifests, and content as a stream. */
@NullMarked
package io.tallyman.gateway.sheet;

import org.jspecify.annotations.NullMarked;
