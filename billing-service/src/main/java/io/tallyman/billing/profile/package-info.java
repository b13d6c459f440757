/** Options of imports that are kept under a name. */
@NullMarked
package io.tallyman.billing.profile;

import org.jspecify.annotations.NullMarked;
