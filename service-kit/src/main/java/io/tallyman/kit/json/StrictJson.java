package io.tallyman.kit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.micronaut.json.JsonSyntaxException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Checks JSON for faults that the framework's reader lets pass: a second value behind the first, a
 * field that is given twice, text that has no form in UTF-8, and values nested so deeply that they
 * could not be written again.
 */
final class StrictJson {
  /** No message of ours comes near. */
  private static final int MAX_DEPTH = 100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private StrictJson() {}

  /**
   * @throws JsonSyntaxException if it is not one JSON value, or is nested too deeply
   * @throws UnsoundJson if a field is given twice, or a text holds half of a surrogate pair
   */
  static void check(byte[] json) throws JsonSyntaxException, UnsoundJson {
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonToken token = next(parser);
      while (token != null) {
        requireWholeCharacters(parser, token);
        boolean ended = parser.getParsingContext().inRoot();
        token = next(parser);
        if (ended && token != null) {
          throw new JsonSyntaxException("Something follows the value");
        }
      }
    } catch (JsonSyntaxException | UnsoundJson refused) {
      throw refused;
    } catch (IOException unreadable) {
      throw new JsonSyntaxException(unreadable);
    }
  }

  private static @Nullable JsonToken next(JsonParser parser) throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonParseException unreadable) {
      // Jackson has no exception of its own for this. ProblemsTest fails if the text changes.
      if (unreadable.getOriginalMessage().startsWith("Duplicate field")) {
        throw new UnsoundJson(
            pointer(parser.getParsingContext()), "is given twice; leave one of them out");
      }
      throw unreadable;
    }
  }

  /** Jackson itself refuses such names of fields. */
  private static void requireWholeCharacters(JsonParser parser, JsonToken token)
      throws IOException {
    if (token == JsonToken.VALUE_STRING && hasHalfCharacter(parser)) {
      throw new UnsoundJson(
          pointer(parser.getParsingContext()),
          "holds half of a surrogate pair, which is no character; write the whole character");
    }
  }

  private static boolean hasHalfCharacter(JsonParser parser) throws IOException {
    char[] text = parser.getTextCharacters();
    int end = parser.getTextOffset() + parser.getTextLength();
    for (int index = parser.getTextOffset(); index < end; index++) {
      if (Character.isSurrogate(text[index])) {
        int next = index + 1;
        if (next == end || !Character.isSurrogatePair(text[index], text[next])) {
          return true;
        }
        index = next;
      }
    }
    return false;
  }

  private static String pointer(JsonStreamContext place) {
    return place.pathAsPointer().toString();
  }
}
