/**
 * The files of the dashboard. The dashboard itself is JavaScript, which uses the public API only.
 */
@NullMarked
package io.tallyman.gateway.dashboard;

import org.jspecify.annotations.NullMarked;
