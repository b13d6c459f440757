/** The benchmark: Tallyman beside an application of FastAPI and Celery. */
@NullMarked
package io.tallyman.bench;

import org.jspecify.annotations.NullMarked;
