/** What a process needs of the machine: a port, directories, the end of its log. */
@NullMarked
package io.tallyman.embedded.process;

import org.jspecify.annotations.NullMarked;
