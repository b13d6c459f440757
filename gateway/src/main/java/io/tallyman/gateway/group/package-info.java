/** Groups of tasks that are submitted, read and cancelled together. */
@NullMarked
package io.tallyman.gateway.group;

import org.jspecify.annotations.NullMarked;
