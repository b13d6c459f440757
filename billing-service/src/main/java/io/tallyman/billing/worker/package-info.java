/** Workers: which are alive, what they run, and how much there is to do for them. */
@NullMarked
package io.tallyman.billing.worker;

import org.jspecify.annotations.NullMarked;
