/** The port of the management endpoints, and the health checks that everybody may see. */
@NullMarked
package io.tallyman.kit.management;

import org.jspecify.annotations.NullMarked;
