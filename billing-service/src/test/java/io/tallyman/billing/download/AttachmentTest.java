package io.tallyman.billing.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AttachmentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "billing-2022-03-31.csv|attachment; filename=\"billing-2022-03-31.csv\"",
        "a b.csv|attachment; filename=\"a b.csv\"",
        "Zoë 𝄞.csv|attachment; filename=\"Zo_ _.csv\";"
            + " filename*=UTF-8''Zo%C3%AB%20%F0%9D%84%9E.csv",
        "a\"b*.csv|attachment; filename=\"a_b*.csv\"; filename*=UTF-8''a%22b%2A.csv",
        "50%25.csv|attachment; filename=\"50_25.csv\"; filename*=UTF-8''50%2525.csv"
      })
  void nameIsToldToOldAndNewClients(String fileName, String header) {
    assertThat(Attachment.named(fileName)).isEqualTo(header);
  }

  @Property
  void anyNameIsToldInPlainCharactersWithoutLoss(@ForAll("names") String fileName) {
    String header = Attachment.named(fileName);

    assertThat(header)
        .matches(
            "attachment; filename=\"[\\x20-\\x7e&&[^\"%\\\\]]*\""
                + "(; filename\\*=UTF-8''[A-Za-z0-9._%-]+)?");
    int exact = header.indexOf("''");
    assertThat(
            exact < 0
                ? header.substring(header.indexOf('"') + 1, header.length() - 1)
                : URLDecoder.decode(header.substring(exact + 2), UTF_8))
        .isEqualTo(fileName);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().filter(name -> UTF_8.newEncoder().canEncode(name));
  }
}
