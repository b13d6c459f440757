/** Checks the files of deploy/kubernetes, without a cluster. */
@NullMarked
package io.tallyman.e2e.kubernetes;

import org.jspecify.annotations.NullMarked;
