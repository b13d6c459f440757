/** Uploaded files: stored as they came, and kept until some days after their task has ended. */
@NullMarked
package io.tallyman.billing.upload;

import org.jspecify.annotations.NullMarked;
