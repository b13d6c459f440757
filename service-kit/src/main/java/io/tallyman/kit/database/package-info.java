/** SQL for those services that have a database. */
@NullMarked
package io.tallyman.kit.database;

import org.jspecify.annotations.NullMarked;
