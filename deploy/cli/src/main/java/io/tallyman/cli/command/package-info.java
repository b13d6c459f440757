/** The commands. */
@NullMarked
package io.tallyman.cli.command;

import org.jspecify.annotations.NullMarked;
