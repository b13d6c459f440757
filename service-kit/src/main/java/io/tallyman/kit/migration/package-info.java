/** Migrations by a role that owns the tables, and the permissions of the service's own role. */
@NullMarked
package io.tallyman.kit.migration;

import org.jspecify.annotations.NullMarked;
