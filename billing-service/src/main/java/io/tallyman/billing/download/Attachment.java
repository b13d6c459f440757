package io.tallyman.billing.download;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Pattern;

/** Builds the {@code Content-Disposition} of a download, by RFC 6266. */
final class Attachment {
  /** Characters that a quoted string cannot have, or that clients read differently. */
  private static final Pattern UNSAFE = Pattern.compile("[^\\x20-\\x7e]|[\"%\\\\]");

  private Attachment() {}

  /**
   * The header has the name as it is. If not every client can read that, a plain name comes first.
   */
  static String named(String fileName) {
    String plain = UNSAFE.matcher(fileName).replaceAll("_");
    String header = "attachment; filename=\"" + plain + '"';
    return plain.equals(fileName) ? header : header + "; filename*=UTF-8''" + encoded(fileName);
  }

  private static String encoded(String fileName) {
    return URLEncoder.encode(fileName, UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
