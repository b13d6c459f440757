/** The names under which a service answers. */
@NullMarked
package io.tallyman.kit.host;

import org.jspecify.annotations.NullMarked;
