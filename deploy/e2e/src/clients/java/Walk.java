import client.ApiClient;
import client.ApiException;
import client.api.ImportsApi;
import client.api.ImportsApi.APIImportBillingsRequest;
import client.api.SheetsApi;
import client.api.SheetsApi.APIDownloadSheetRequest;
import client.api.SheetsApi.APIShowSheetRequest;
import client.api.TasksApi;
import client.api.TasksApi.APIListTasksRequest;
import client.api.TasksApi.APIShowTaskRequest;
import client.api.TasksApi.APISubmitTaskRequest;
import client.model.AssignmentsParameters;
import client.model.AssignmentsTask;
import client.model.BillingSheetParameters;
import client.model.ImportResult;
import client.model.ImportTask;
import client.model.NewAssignmentsTask;
import client.model.NewSheetTask;
import client.model.NewTask;
import client.model.NewTotalPayablesTask;
import client.model.Sheet;
import client.model.SheetResult;
import client.model.SheetTask;
import client.model.Task;
import client.model.TotalPayablesParameters;
import client.model.TotalPayablesResult;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The walk of the README with the generated Java client. Its arguments are the gateway and a token.
 */
final class Walk {
  private static final LocalDate DAY = LocalDate.of(2025, 3, 2);
  private static final String PAYMENTS =
      """
      Payment Date,Supplier,Amount
      2025-03-02,Java & Co,120.00
      2025-03-02,Java & Co,-20.00
      """;

  private final ImportsApi imports;
  private final TasksApi tasks;
  private final SheetsApi sheets;

  private Walk(ApiClient client) {
    imports = new ImportsApi(client);
    tasks = new TasksApi(client);
    sheets = new SheetsApi(client);
  }

  public static void main(String[] arguments) throws ApiException, IOException {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    client.setRequestInterceptor(
        request -> request.header("Authorization", "Bearer " + arguments[1]));
    new Walk(client).run();
  }

  private void run() throws ApiException, IOException {
    Task imported =
        imports.importBillings(
            APIImportBillingsRequest.newBuilder()
                .body(PAYMENTS)
                .columns("date_billed:Payment Date,account_name:Supplier,payable:Amount")
                .currency("GBP")
                .build());
    ImportTask importTask = ended(imported.getImportTask().getTaskId()).getImportTask();
    ImportResult counts = importTask.getResult().getImportResult();
    System.out.printf("imported %d of %d%n", counts.getImported(), counts.getRows());

    Task submitted =
        submit(
            new NewTask(
                new NewSheetTask()
                    .task(NewSheetTask.TaskEnum.BILLING_SHEET)
                    .parameters(new BillingSheetParameters().billingDate(DAY))));
    SheetTask sheetTask = ended(submitted.getSheetTask().getTaskId()).getSheetTask();
    SheetResult result = sheetTask.getResult();
    System.out.printf(
        "sheet of %s with %d rows in %s%n",
        sheetTask.getParameters().getBillingDate(),
        result.getRows(),
        result.getTotals().getFirst().getCurrency());

    Sheet manifest =
        sheets.showSheet(APIShowSheetRequest.newBuilder().id(result.getSheetId()).build());
    System.out.println("digest is the same: " + manifest.getSha256().equals(result.getSha256()));
    System.out.println(
        Files.readString(
            sheets
                .downloadSheet(APIDownloadSheetRequest.newBuilder().id(result.getSheetId()).build())
                .toPath()));

    Task assignments =
        submit(
            new NewTask(
                new NewAssignmentsTask()
                    .task(NewAssignmentsTask.TaskEnum.BILLING_ASSIGNMENTS)
                    .parameters(new AssignmentsParameters().from(DAY).to(DAY))));
    AssignmentsTask assigned =
        ended(assignments.getAssignmentsTask().getTaskId()).getAssignmentsTask();
    System.out.println("assignments from " + assigned.getParameters().getFrom());

    Task payables =
        submit(
            new NewTask(
                new NewTotalPayablesTask()
                    .task(NewTotalPayablesTask.TaskEnum.BILLING_TOTAL_PAYABLES)
                    .parameters(new TotalPayablesParameters().year(2025))));
    TotalPayablesResult owed =
        ended(payables.getTotalPayablesTask().getTaskId()).getTotalPayablesTask().getResult();
    System.out.println("last month " + owed.getMonths().getLast().getMonth());

    tasks.listTasks(APIListTasksRequest.newBuilder().limit(50).build()).getData().stream()
        .map(task -> task.getActualInstance().getClass().getSimpleName())
        .distinct()
        .forEach(type -> System.out.println("listed " + type));
  }

  private Task submit(NewTask task) throws ApiException {
    return tasks.submitTask(APISubmitTaskRequest.newBuilder().newTask(task).build());
  }

  private Task ended(UUID id) throws ApiException {
    return tasks.showTask(APIShowTaskRequest.newBuilder().id(id).prefer("wait=30").build());
  }
}
