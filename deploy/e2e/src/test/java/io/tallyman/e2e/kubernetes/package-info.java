/** What deploy/kubernetes promises, read from its files: no cluster is asked. */
@NullMarked
package io.tallyman.e2e.kubernetes;

import org.jspecify.annotations.NullMarked;
