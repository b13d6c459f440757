/** The whole stack on one machine, from one command, without Docker. */
@NullMarked
package io.tallyman.standalone;

import org.jspecify.annotations.NullMarked;
