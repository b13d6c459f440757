package io.tallyman.billing.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names of vendors are compared in NFC and without spaces at their ends; the same name wins. */
final class VendorNamesTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static final String COMPOSED = "Caf\u00e9";
  private static final String DECOMPOSED = "Cafe\u0301";

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void spellingsOfOneNameMakeOneVendor() {
    Answer task =
        imported(
            """
            2," Acme ",,,2031-05-01,10.00,GBP,1
            3,Acme,,,2031-05-01,11.00,GBP,1
            4,\u00a0Acme\ufeff,,,2031-05-01,12.00,GBP,1
            5,%s,,,2031-05-01,13.00,GBP,1
            6,%s,,,2031-05-01,14.00,GBP,1
            """
                .formatted(DECOMPOSED, COMPOSED),
            5);

    StagedBillingsTest.assertResult(task, 5, 0, 2);
    assertThat(names()).containsExactly("Acme", COMPOSED);
  }

  @Test
  void newVendorWithAnAccountNumberHasTheNormalNameToo() {
    imported("2,\" Acme\",A-1,,2031-05-01,10.00,GBP,1\n3,Acme ,,,2031-05-01,11.00,GBP,1\n", 2);

    assertThat(names()).containsExactly("Acme");
    assertThat(SERVICE.count("billing b JOIN vendor v ON v.id = b.vendor_id")).isEqualTo(2);
  }

  @Test
  void oneVendorWithTheSameNormalNameIsMeant() {
    vendor("Acme  ");

    StagedBillingsTest.assertResult(imported("2,Acme,,,2031-05-01,10.00,GBP,1\n", 1), 1, 0, 0);
    assertThat(names()).containsExactly("Acme  ");
  }

  @Test
  void exactlyTheSameNameWinsAndSeveralOthersAreAmbiguous() {
    vendor("Acme ");
    vendor(" Acme");

    UUID id =
        worker.stagedImport("2,Acme ,,,2031-05-01,10.00,GBP,1\n3,Acme,,,2031-05-01,11.00,GBP,1\n");

    assertThat(worker.refusals(id, 1))
        .startsWith("3,account_name,ambiguous-vendor,")
        .hasLineCount(1);
    worker.outcome(
        id,
        1,
        """
        {"outcome": "DONE", "sheet": null, "result": {"rows": 2, "refused": 1}}
        """);
    StagedBillingsTest.assertResult(worker.task(id), 1, 0, 0);
    assertThat(
            SERVICE.count(
                "billing b JOIN vendor v ON v.id = b.vendor_id AND v.account_name = 'Acme '"))
        .isOne();
  }

  @Test
  void differencesInsideANameMatter() {
    imported("2,A cme,,,2031-05-01,10.00,GBP,1\n3,A  cme,,,2031-05-01,11.00,GBP,1\n", 2);

    assertThat(names()).containsExactly("A  cme", "A cme");
  }

  @Test
  void everySpaceAndInvisibleCharacterIsTrimmed() {
    List<Integer> blank =
        IntStream.range(1, 0xffff)
            .filter(
                one ->
                    Character.isSpaceChar(one)
                        || Character.isISOControl(one)
                        || Character.getType(one) == Character.FORMAT)
            .boxed()
            .toList();

    String trimmed =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT count(*) FROM unnest(:blank) AS one
                            WHERE normal_vendor_name(chr(one) || 'x' || chr(one)) = 'x'
                              AND normal_vendor_name('\u00e9' || chr(one)) = '\u00e9'
                              AND normal_vendor_name(chr(one)) = chr(one)
                            """)
                        .bindArray("blank", Integer.class, blank)
                        .mapTo(String.class)
                        .one());

    assertThat(trimmed).isEqualTo("" + blank.size());
  }

  private Answer imported(String rows, int count) {
    UUID id = worker.stagedImport(rows);
    worker.imported(id, 1, count);
    return worker.task(id);
  }

  private static void vendor(String name) {
    SERVICE.execute("INSERT INTO vendor (account_name) VALUES (?)", name);
  }

  private static List<String> names() {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT account_name FROM vendor ORDER BY account_name COLLATE \"C\"")
                    .mapTo(String.class)
                    .list());
  }
}
