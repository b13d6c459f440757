/** The start of a service, its settings from files, and a readable message if the start fails. */
@NullMarked
package io.tallyman.kit.start;

import org.jspecify.annotations.NullMarked;
