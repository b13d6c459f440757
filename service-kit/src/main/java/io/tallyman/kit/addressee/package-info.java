/** Requests name the service that they are meant for, so that a wrong address is noticed. */
@NullMarked
package io.tallyman.kit.addressee;

import org.jspecify.annotations.NullMarked;
