/** The views of the list of tasks that users save; user-service stores them. */
@NullMarked
package io.tallyman.gateway.view;

import org.jspecify.annotations.NullMarked;
