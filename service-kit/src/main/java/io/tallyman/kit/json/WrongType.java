package io.tallyman.kit.json;

import io.micronaut.serde.exceptions.SerdeException;

/** A JSON value has another type than expected; the message names the expected type. */
public final class WrongType extends SerdeException {
  private static final long serialVersionUID = 1L;

  public WrongType(String message) {
    super(message);
  }
}
