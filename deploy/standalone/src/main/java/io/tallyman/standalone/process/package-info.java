/** The processes of a stack, and what they need of the machine: ports, directories, log files. */
@NullMarked
package io.tallyman.standalone.process;

import org.jspecify.annotations.NullMarked;
