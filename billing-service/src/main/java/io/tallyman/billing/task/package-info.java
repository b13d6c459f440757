/** The life of a task: acceptance, dispatch, claim under a lease, end. */
@NullMarked
package io.tallyman.billing.task;

import org.jspecify.annotations.NullMarked;
