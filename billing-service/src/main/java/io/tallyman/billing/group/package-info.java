/** Groups of tasks, which clients submit, read and cancel together. */
@NullMarked
package io.tallyman.billing.group;

import org.jspecify.annotations.NullMarked;
