/** The processes of a stack: they are started, watched and recorded. */
@NullMarked
package io.tallyman.standalone.process;

import org.jspecify.annotations.NullMarked;
