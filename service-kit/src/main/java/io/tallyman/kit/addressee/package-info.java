/** Which service a request is meant for, whoever it reaches. */
@NullMarked
package io.tallyman.kit.addressee;

import org.jspecify.annotations.NullMarked;
