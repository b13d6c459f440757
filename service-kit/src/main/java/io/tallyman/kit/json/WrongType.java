package io.tallyman.kit.json;

import io.micronaut.serde.exceptions.SerdeException;

/** A JSON value of another type than is expected there; the message says which that is. */
public final class WrongType extends SerdeException {
  private static final long serialVersionUID = 1L;

  WrongType(String message) {
    super(message);
  }
}
