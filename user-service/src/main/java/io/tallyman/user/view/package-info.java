/** Views of the list of tasks, which users keep for themselves. */
@NullMarked
package io.tallyman.user.view;

import org.jspecify.annotations.NullMarked;
