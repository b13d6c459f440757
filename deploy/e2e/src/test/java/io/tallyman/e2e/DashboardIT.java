package io.tallyman.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.browser.Axe;
import io.tallyman.e2e.browser.Chromium;
import io.tallyman.e2e.browser.Key;
import io.tallyman.e2e.browser.Tab;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The dashboard in a real browser. After each test, the console must have no complaint. */
@Order(2)
final class DashboardIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** With the breakable stack, it would make the chain of those classes the longest by far. */
  @AutoClose
  private static final TallymanStack STACK = OwnStack.start(Layout.ofWorkers(2), Map.of());

  private static Chromium chromium;

  @TempDir private Path directory;

  private final Gateway gateway = new Gateway(STACK);
  private Tab tab;

  @BeforeAll
  static void startChromium() throws Exception {
    Chromium.require();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopChromium() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    tab = chromium.openDashboard(STACK.gateway());
    NewUsers.logIn(tab, gateway);
  }

  @AfterEach
  void nothingIsInTheConsole() {
    List<String> complaints = tab.complaints();
    tab.close();
    assertThat(complaints).isEmpty();
  }

  @Test
  void sheetIsSubmittedFollowedAndDownloaded() throws Exception {
    gateway.awaitSuccess(
        gateway.importCsv(
            """
            date_billed,account_name,payable,currency
            1983-05-02,=Quill & Co,1234567890123.45,GBP
            1983-05-02,=Quill & Co,-0.05,GBP
            """,
            ""),
        PATIENCE);
    tab.downloadTo(directory);

    tab.go("/new?task=billing.sheet&billing_date=1983-05-02");
    tab.clickText("Submit");
    tab.awaitText("The sheet is ready");

    assertThat(tab.text("document.querySelector('.lead .status').textContent")).isEqualTo("Done");
    tab.awaitText("1,234,567,890,123.40");
    tab.clickText("Download");
    Path file = directory.resolve("billing-1983-05-02.csv");
    await("download").atMost(PATIENCE).until(() -> Files.exists(file));
    String task = shownTask();
    String sheet = gateway.task(task).at("/result/sheet_id").asString();
    assertThat(file)
        .hasContent('\ufeff' + gateway.sheet(sheet).replace(",=Quill & Co,", ",'=Quill & Co,"));
    tab.clickText("Show the rows");
    tab.awaitText("1,234,567,890,123.45");
  }

  @Test
  void fileIsImportedWithTheMouseOnly() throws Exception {
    tab.go("/import");
    tab.clickText("Choose a file");
    tab.chooseFile(file("Müller & Söhne", "M"));
    tab.clickText("windows-1252");
    tab.clickText("dd.MM.yyyy");
    tab.click("fieldset:last-of-type .choice:last-of-type input");
    tab.click("fieldset:last-of-type input:not([type=radio])");
    tab.type("eur");
    tab.clickText("Check without storing");
    tab.awaitText("Checked: nothing was stored");
    tab.clickText("Import this file now");

    assertThatItIsImported("Müller & Söhne");
  }

  @Test
  void fileIsImportedWithTheKeyboardOnly() throws Exception {
    // A page takes the focus when it has been loaded.
    tab.awaitTrue("document.activeElement.tagName === 'H1'");
    tab.press(Key.TAB);
    tab.tabTo("Import");
    tab.press(Key.ENTER);
    tab.tabTo("Choose a file");
    tab.press(Key.ENTER);
    tab.chooseFile(file("Jäger & Größe", "J"));
    tab.tabTo("windows-1252");
    tab.press(Key.SPACE);
    tab.tabTo("dd.MM.yyyy");
    tab.press(Key.SPACE);
    tab.tabTo("the currency of each vendor");
    tab.press(Key.DOWN);
    tab.press(Key.TAB);
    tab.type("EUR");
    tab.press(Key.ENTER);
    tab.awaitText("Checked: nothing was stored");
    tab.tabTo("Import this file now");
    tab.press(Key.ENTER);

    assertThatItIsImported("Jäger & Größe");
  }

  @Test
  void fileIsDroppedOntoThePage() throws Exception {
    Path file = directory.resolve("dropped.csv");
    Files.writeString(
        file,
        """
        date_billed,account_name,payable,currency
        1983-05-09,Teasel & Co,12.50,GBP
        """);
    tab.go("/import");

    tab.drop(file, ".drop");

    tab.awaitText("dropped.csv");
    tab.clickText("Check without storing");
    tab.awaitText("12.50");
    tab.clickText("Import this file now");
    tab.awaitTrue("location.hash.startsWith('#/tasks/')");
    JsonNode result = gateway.awaitSuccess(shownTask(), PATIENCE);
    assertThat(result.get("imported").asInt()).isEqualTo(1);
  }

  @Test
  void barGoesOnAfterTheWorkerIsKilled() throws Exception {
    Billings billings = new Billings(2094, 100_000);
    Path upload = directory.resolve("billings.csv.gz");
    billings.writeTo(upload);
    BillingDatabase database = new BillingDatabase(STACK);
    String task;
    // The import cannot store its rows before its worker is killed.
    try (var hold = database.hold("staged_billing IN SHARE MODE")) {
      task = gateway.importGzip(upload, "");
      tab.go("/tasks/" + task);
      tab.awaitTrue("document.querySelector('progress')?.value > 0");

      STACK.kill(database.workerOf(task));
      hold.rollback();
    }

    tab.awaitText("Will retry");
    tab.awaitText("Undo this import");
    JsonNode result = gateway.awaitSuccess(task, PATIENCE);
    assertThat(result.get("imported").asInt()).isEqualTo(100_000);
    tab.downloadTo(directory);
    String sheetTask =
        gateway.submit("billing.sheet", Map.of("from", "2094-01-01", "to", "2094-12-31"));
    tab.go("/tasks/" + sheetTask);
    tab.awaitText("The sheet is ready");
    JsonNode made = gateway.awaitSuccess(sheetTask, PATIENCE);
    tab.clickText("Download unchanged");
    Path file = directory.resolve(made.get("file_name").asString());
    await("download").atMost(PATIENCE).until(() -> Files.exists(file));
    DownloadedSheet sheet = DownloadedSheet.read(file);
    assertThat(sheet.rows()).isEqualTo(100_000);
    assertThat(sheet.total()).isEqualByComparingTo(billings.total());
    assertThat(sheet.sha256()).isEqualTo(made.get("sha256").asString());
    await("staged rows are swept").atMost(PATIENCE).until(() -> database.stagedRowsOf(task) == 0);
  }

  @Test
  void filtersExcludeAStatus() {
    String done = gateway.submit("billing.sheet", Map.of("billing_date", "1983-05-10"));
    gateway.awaitSuccess(done, PATIENCE);
    String failed = gateway.importCsv("a,b\r\n3,4\r\n", "");
    gateway.awaitFailure(failed, PATIENCE);

    tab.go("/tasks?status=-SUCCESS");
    tab.awaitTrue("document.querySelector('a[href$=\"%s\"]')".formatted(failed));

    assertThat(tab.text("document.querySelector('.filters select').selectedOptions[0].text"))
        .isEqualTo("Not: Done");
    assertThat(
            tab.evaluate("document.querySelector('a[href$=\"%s\"]') === null".formatted(done))
                .asBoolean())
        .isTrue();
    tab.evaluate(
        """
        (([, type]) => {
          type.value = "-billing.import";
          type.dispatchEvent(new Event("change", {bubbles: true}));
        })(document.querySelectorAll(".filters select"))\
        """);
    tab.awaitTrue("!document.querySelector('a[href$=\"%s\"]')".formatted(failed));
    assertThat(tab.text("location.hash")).contains("status=-SUCCESS", "task=-billing.import");
  }

  @Test
  void allTasksThatMatchAreCancelledAndRetriedWithTheKeyboard() {
    Map<String, ?> later =
        Map.of(
            "task",
            "billing.total_payables",
            "parameters",
            Map.of("year", 1984),
            "eta",
            Moment.later());
    JsonNode first = gateway.post("/api/v1/tasks", later).body();
    String second = gateway.post("/api/v1/tasks", later).body().get("task_id").asString();
    String filter = "task=billing.total_payables&from=" + first.get("created_at").asString();

    tab.go("/tasks?" + filter);
    tab.tabTo("Cancel all …");
    tab.press(Key.ENTER);
    tab.awaitText("Tasks that wait or run: 2.");
    tab.tabTo("Cancel these tasks");
    tab.press(Key.ENTER);
    tab.awaitText("Show the tasks that match now");

    JsonNode cancelled = gateway.awaitSuccess(shownTask(), PATIENCE);
    assertThat(cancelled.get("changed").asInt()).isEqualTo(2);
    assertThat(gateway.task(second).get("status").asString()).isEqualTo("REVOKED");
    tab.clickText("Show the tasks that match now");
    tab.awaitTrue("document.querySelectorAll('tbody tr').length === 2");
    tab.tabTo("Retry all …");
    tab.press(Key.ENTER);
    tab.awaitText("not retried before: 2.");
    tab.clickText("Close");
    tab.awaitTrue("!document.querySelector('dialog[open]')");
    tab.tabTo("Retry all …");
    tab.press(Key.ENTER);
    tab.clickText("Retry these tasks");
    tab.awaitText("Show the tasks that match now");
    assertThat(gateway.awaitSuccess(shownTask(), PATIENCE).get("changed").asInt()).isEqualTo(2);
    tab.go("/tasks?" + filter);
    tab.tabTo("Retry all …");
    tab.press(Key.ENTER);
    tab.awaitText("No task that matches can be retried.");
  }

  @Test
  void viewIsSavedOpenedAndDeleted() {
    tab.go("/tasks?status=FAILURE&task=billing.import");
    tab.clickText("Save this view");
    tab.awaitTrue("document.activeElement.closest('.view-name')");
    tab.type("Failed <imports> & 失败");
    tab.press(Key.ENTER);
    tab.awaitTrue("document.querySelector('.views a[aria-current]')");

    tab.go("/tasks");
    tab.awaitTrue("!document.querySelector('.views a[aria-current]')");
    tab.open(STACK.gateway().resolve("/?views#/tasks"));
    tab.clickText("Failed <imports> & 失败");
    tab.awaitTrue("document.querySelector('.views a[aria-current]')");
    assertThat(tab.text("location.hash")).contains("status=FAILURE", "task=billing.import");
    tab.clickText("Delete this view");
    tab.awaitText("Delete the view “Failed <imports> & 失败”?");
    tab.click(".views .danger");
    tab.awaitTrue("!document.querySelector('.views a')");
    tab.awaitText("Save this view");
  }

  @Test
  void searchCompletesAndExplainsWithTheKeyboard() {
    tab.go("/tasks");
    tab.awaitTrue("document.querySelectorAll('.filters option').length > 20");
    tab.evaluate("document.querySelector('#search-line').focus()");
    tab.type("-st");
    tab.awaitTrue("document.querySelectorAll('[role=option]').length === 1");
    tab.press(Key.DOWN);
    tab.press(Key.ENTER);
    tab.type("suc");
    tab.press(Key.DOWN);
    tab.press(Key.TAB);
    tab.type("by:me text");
    tab.press(Key.ENTER);

    tab.awaitText("text is not understood. Use status:, type:, by:, from: or before:.");
    assertThat(tab.text("document.querySelector('#search-line').value"))
        .isEqualTo("-status:SUCCESS by:me text");
    assertThat(tab.text("location.hash")).doesNotContain("status");
    tab.evaluate(
        """
        (field => {
          field.value = "-status:SUCCESS by:me";
          field.dispatchEvent(new Event("input", {bubbles: true}));
        })(document.querySelector("#search-line"))\
        """);
    tab.press(Key.ENTER);
    tab.awaitTrue("location.hash.includes('status=-SUCCESS')");
    assertThat(tab.text("location.hash")).contains("submitted_by=");
    assertThat(tab.text("document.querySelector('.filters select').selectedOptions[0].text"))
        .isEqualTo("Not: Done");
  }

  @Test
  void largeFileIsInspectedByItsBeginningAndImportedWhole() throws Exception {
    int rows = 30_000;
    String row = "1983-05-08,Sedge Paper & Stationery Ltd,1.25,GBP\r\n";
    Path file = directory.resolve("large.csv.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write("date_billed,account_name,payable,currency\r\n".getBytes(UTF_8));
      gzip.write(row.repeat(rows).getBytes(UTF_8));
    }

    tab.go("/import");
    tab.clickText("Choose a file");
    tab.chooseFile(file);
    tab.awaitText("Only the beginning of the file was read.");
    tab.clickText("Check without storing");
    tab.awaitText("37,500.00");
    tab.clickText("Import this file now");

    tab.awaitText("Undo this import");
    String task = shownTask();
    assertThat(gateway.awaitSuccess(task, PATIENCE).get("imported").asInt()).isEqualTo(rows);
    tab.clickText("Make a sheet of these days");
    tab.clickText("Submit");
    tab.awaitText("The sheet is ready");
    assertThat(gateway.task(shownTask()).get("parameters").toString())
        .contains("\"from\":\"1983-05-08\"", "\"to\":\"1983-05-08\"");
  }

  @Test
  void barOfAMonthLeadsToTheSheetBehindIt() {
    gateway.awaitSuccess(
        gateway.importCsv(
            "date_billed,account_name,payable,currency\r\n1983-06-09,Reed & Co,4.00,GBP\r\n", ""),
        PATIENCE);
    tab.go("/payables?year=1983&currency=GBP");
    tab.awaitTrue("document.querySelectorAll('figure svg a').length >= 6");

    tab.click("figure svg a:nth-of-type(6)");
    tab.clickText("Submit");

    tab.awaitText("The sheet is ready");
    assertThat(gateway.task(shownTask()).get("parameters").toString())
        .contains("\"from\":\"1983-06-01\"", "\"to\":\"1983-06-30\"", "GBP");
  }

  @Test
  void refusedRowIsCorrectedInPlace() {
    String task =
        gateway.importCsv(
            """
            date_billed,account_name,payable,currency
            1983-05-06,Reed & Co,oops,GBP
            1983-05-07,Reed & Co,2.50,GBP
            """,
            "");
    tab.go("/tasks/" + task);
    tab.clickText("Correct the refused rows here");
    tab.awaitText("The amount cannot be read");
    tab.click("td input[aria-invalid]");
    tab.evaluate("document.activeElement.select()");
    tab.type("1.75");
    tab.clickText("Send the corrected rows");

    tab.awaitText("Corrected rows");
    String corrected = shownTask();
    JsonNode result = gateway.awaitSuccess(corrected, PATIENCE);
    assertThat(result.get("imported").asInt()).isEqualTo(1);
    assertThat(result.at("/totals/0/imported").asString()).isEqualTo("1.75");
  }

  @Test
  void idsAndAmountsStayExact() {
    JsonNode exact =
        tab.evaluate(
            """
            Promise.all([import("/dashboard/ui/json.js"), import("/dashboard/ui/format.js")]).then(([json, format]) => [
              json.write(json.parse('{"id":9007199254740993,"text":"a 9007199254740993 \\\\"b","n":[-9223372036854775808,1]}')),
              format.amount("123456789012345678901234.10"),
            ])\
            """);

    assertThat(exact.get(0).asString())
        .isEqualTo(
            "{\"id\":9007199254740993,\"text\":\"a 9007199254740993 \\\"b\","
                + "\"n\":[-9223372036854775808,1]}");
    assertThat(exact.get(1).asString()).isEqualTo("123,456,789,012,345,678,901,234.10");
  }

  @Test
  void idAbove53BitsIsShownExactly() throws SQLException {
    long id = 9007199254740993L;
    BillingDatabase database = new BillingDatabase(STACK);
    database.addVendor(id, "A vendor with a large id");
    String task;
    try {
      task = gateway.submit("billing.sheet", Map.of("billing_date", "1983-05-03", "vendor_id", id));
    } finally {
      database.removeVendor(id);
    }

    tab.go("/tasks/" + task);
    tab.awaitText("vendor 9007199254740993");
    tab.go("/tasks");
    tab.awaitText("vendor 9007199254740993");
  }

  @Test
  void failedTaskSaysWhatToDo() {
    String task = gateway.importCsv("a,b\r\n1,2\r\n", "");

    tab.go("/tasks/" + task);

    tab.awaitText("The header of the file does not match");
    tab.awaitText("Import the file again and choose its columns.");
  }

  @Test
  void tableGoesOnAfterTheGatewayIsRestarted() {
    tab.go("/tasks");
    tab.awaitText("Live");

    STACK.stopAndStart("gateway");
    tab.awaitText("Connection lost, reconnecting");
    gateway.submitThroughOutages(
        "billing.sheet", Map.of("from", "1983-05-04", "to", "1983-05-05"), PATIENCE);

    tab.awaitText("4 May 1983 to 5 May 1983");
    tab.awaitText("Live");
    tab.forgetComplaintsOfTheNetwork();
  }

  @Test
  void lostNetworkIsTold() {
    tab.go("/new");
    tab.awaitText("Submit");
    tab.offline(true);
    tab.awaitText("You are offline.");

    tab.offline(false);
    tab.awaitTrue("!document.body.innerText.includes('You are offline.')");
    tab.forgetComplaintsOfTheNetwork();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyPageIsAccessibleInLightAndDark(String language) throws Exception {
    String task = gateway.submit("billing.sheet", Map.of("billing_date", "1983-05-02"));
    String sheet = gateway.awaitSuccess(task, PATIENCE).get("sheet_id").asString();
    tab.evaluate("localStorage.setItem('tallyman.language', '" + language + "')");
    tab.open(STACK.gateway().resolve("/?" + language));
    Axe axe = Axe.in(tab);

    for (String page :
        List.of(
            "/",
            "/tasks",
            "/tasks/" + task,
            "/new",
            "/import",
            "/sheets",
            "/sheets/" + sheet,
            "/payables?year=1983&currency=GBP",
            "/workers",
            "/nowhere")) {
      tab.go(page);
      tab.awaitTrue("document.querySelector('h1') && !document.querySelector('.loading')");
      axe.assertAccessible(page + ", " + language);
    }
  }

  /** Semicolons, decimal commas, and lines above the header. The vendor makes it unlike others. */
  private Path file(String vendor, String reference) throws IOException {
    String csv =
        """
        Stadt Musterhausen;;;
        Zahlungen;;;

        Datum;Lieferant;Betrag;Belegnummer
        07.04.1984;%s;1.234,50;%s1
        08.04.1984;%s;-99,00;%s2
        """
            .formatted(vendor, reference, vendor, reference)
            .replace("\n", "\r\n");
    return Files.write(directory.resolve("payments.csv"), csv.getBytes(WINDOWS));
  }

  private String shownTask() {
    return tab.text("location.hash.split('/').at(-1)");
  }

  private void assertThatItIsImported(String vendor) {
    tab.awaitTrue("location.hash.startsWith('#/tasks/')");
    String task = shownTask();
    JsonNode result = gateway.awaitSuccess(task, PATIENCE);
    assertThat(result.get("imported").asInt()).isEqualTo(2);
    assertThat(result.at("/totals/0/imported").asString()).isEqualTo("1135.50");
    assertThat(result.at("/totals/0/currency").asString()).isEqualTo("EUR");
    tab.awaitText("Undo this import");
    String path = "/api/v1/vendors" + Gateway.query("account_name", vendor);
    assertThat(gateway.get(path).body().get("data")).hasSize(1);
  }
}
