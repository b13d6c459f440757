/** The commands of the launcher, with their options and settings. */
@NullMarked
package io.tallyman.standalone.command;

import org.jspecify.annotations.NullMarked;
