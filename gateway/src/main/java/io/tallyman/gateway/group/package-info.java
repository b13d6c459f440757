/** Tasks that are submitted, looked at and cancelled together. */
@NullMarked
package io.tallyman.gateway.group;

import org.jspecify.annotations.NullMarked;
