package io.tallyman.worker.work;

import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;

/**
 * Why an attempt failed, as the parts of a problem.
 *
 * @param type the problem's type; it never changes between releases
 * @param detail what went wrong this time, where, and what to do
 */
@Serdeable
public record Fault(URI type, String title, String detail) {
  static Fault of(String slug, String title, String detail) {
    return new Fault(URI.create("urn:tallyman:problem:" + slug), title, detail);
  }
}
