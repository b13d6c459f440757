package io.tallyman.billing.attempt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model of all tasks of a run: their expected states and the expected answers to commands. */
final class LifecycleModel {
  private final List<TaskModel> tasks = new ArrayList<>();
  private Map<TaskModel, Integer> lastOffers = Map.of();

  LifecycleModel(int submitted) {
    Stream.generate(TaskModel::new).limit(submitted).forEach(tasks::add);
  }

  List<String> states() {
    return tasks.stream().map(TaskModel::toString).toList();
  }

  List<List<String>> events() {
    return tasks.stream().map(TaskModel::events).toList();
  }

  /** Returns the expected answer of {@link Actor#act}. */
  String expect(Command command) {
    return switch (command) {
      case Command.Submit _ -> {
        tasks.add(new TaskModel());
        yield "";
      }
      case Command.Dispatch _ -> {
        lastOffers =
            tasks.stream()
                .filter(TaskModel::dispatch)
                .collect(Collectors.toMap(task -> task, TaskModel::dispatchNo));
        yield String.valueOf(lastOffers.size());
      }
      case Command.TakeBack _ -> {
        lastOffers.forEach(TaskModel::takeBack);
        yield "";
      }
      case Command.MakeDue(int task) -> {
        task(task).makeDue();
        yield "";
      }
      case Command.Lose(int task) -> {
        task(task).lose();
        yield "";
      }
      case Command.Claim(int task, int claim, Command.Which which) ->
          task(task).claim(claim, which.dispatch(task(task).dispatchNo()));
      case Command.Heartbeat(int task, Command.Which which) ->
          task(task).heartbeat(which.attempt(task(task).attempt()));
      case Command.Report(int task, Command.Which which, Command.Kind kind) ->
          task(task).report(which.attempt(task(task).attempt()), kind);
      case Command.Cancel(int task) -> task(task).cancel();
      case Command.Suffer(int task, Command.Trouble trouble) -> {
        task(task).suffer(trouble);
        yield "";
      }
      case Command.Look _ -> {
        tasks.forEach(TaskModel::look);
        yield "";
      }
    };
  }

  private TaskModel task(int task) {
    return tasks.get(task % tasks.size());
  }
}
