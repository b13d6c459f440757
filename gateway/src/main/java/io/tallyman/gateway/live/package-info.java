/** Live events: what happens to tasks, told to everybody who follows them. */
@NullMarked
package io.tallyman.gateway.live;

import org.jspecify.annotations.NullMarked;
