/** The start of a service, and a readable message if it fails. */
@NullMarked
package io.tallyman.kit.start;

import org.jspecify.annotations.NullMarked;
