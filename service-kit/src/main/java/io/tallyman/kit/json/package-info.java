/** How values look in JSON where the framework's default would lose something. */
@NullMarked
package io.tallyman.kit.json;

import org.jspecify.annotations.NullMarked;
