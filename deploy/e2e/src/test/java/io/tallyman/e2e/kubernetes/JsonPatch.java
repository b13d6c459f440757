package io.tallyman.e2e.kubernetes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An operation of RFC 6902 on a field of an object. */
record JsonPatch(Operation op, String path, @Nullable JsonNode value) {
  enum Operation {
    add,
    replace,
    remove
  }

  void apply(ObjectNode document) {
    JsonPointer pointer = JsonPointer.compile(path);
    String field = pointer.last().getMatchingProperty();
    if (!(document.at(pointer.head()) instanceof ObjectNode parent)) {
      throw new AssertionError(path + " leads to no field of an object in " + document);
    }
    if (op != Operation.add && !parent.has(field)) {
      throw new AssertionError(path + " is not there in " + document);
    }
    switch (op) {
      case add, replace -> parent.set(field, value);
      case remove -> parent.remove(field);
    }
  }
}
