/** Reads and writes JSON values where the framework would lose or change something. */
@NullMarked
package io.tallyman.kit.json;

import org.jspecify.annotations.NullMarked;
