/** A client of the public API that submits tasks, watches them and downloads sheets. */
@NullMarked
package io.tallyman.standalone.client;

import org.jspecify.annotations.NullMarked;
