/** Keys with which programs act for a user. */
@NullMarked
package io.tallyman.user.apikey;

import org.jspecify.annotations.NullMarked;
