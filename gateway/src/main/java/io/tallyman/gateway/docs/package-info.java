/** The API contract and the list of problems, as files and as pages. */
@NullMarked
package io.tallyman.gateway.docs;

import org.jspecify.annotations.NullMarked;
