/** What was found in a file, and the questions that it leaves open. */
@NullMarked
package io.tallyman.cli.intake;

import org.jspecify.annotations.NullMarked;
