/** What a person or a script sees: lines, progress, questions and exit codes. */
@NullMarked
package io.tallyman.cli.terminal;

import org.jspecify.annotations.NullMarked;
