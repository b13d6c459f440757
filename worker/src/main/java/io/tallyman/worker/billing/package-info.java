/** Task types about billings. */
@NullMarked
package io.tallyman.worker.billing;

import org.jspecify.annotations.NullMarked;
