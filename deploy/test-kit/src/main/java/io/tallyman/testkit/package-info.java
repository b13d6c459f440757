/** What the tests of several modules share. It knows none of these modules. */
@NullMarked
package io.tallyman.testkit;

import org.jspecify.annotations.NullMarked;
