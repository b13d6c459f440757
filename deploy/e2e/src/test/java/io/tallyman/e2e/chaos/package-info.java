/** Tests the promises under faults: every accepted task reaches its end, whatever fails. */
@NullMarked
package io.tallyman.e2e.chaos;

import org.jspecify.annotations.NullMarked;
