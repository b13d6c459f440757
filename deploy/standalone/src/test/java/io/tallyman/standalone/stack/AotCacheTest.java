package io.tallyman.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AotCacheTest {
  private static final List<String> SERVICES =
      List.of("user-service", "billing-service", "worker", "gateway");

  @TempDir private Path home;
  private Path jar;

  @BeforeEach
  void build() throws IOException {
    jar = FakeHome.in(home).resolve("worker/target/worker.jar");
    Files.createDirectories(AotCache.directoryIn(home));
  }

  @Test
  void aProgramWithoutACacheStartsAsUsual() {
    assertThat(cache().options()).isEmpty();
    assertThat(cache().isMissing()).isTrue();
  }

  @Test
  void whatIsAdoptedIsUsed() throws IOException {
    cache().adopt(written("cached classes"));

    assertThat(cache().options()).singleElement().asString().startsWith("-XX:AOTCache=");
    assertThat(cache().isMissing()).isFalse();
  }

  @Test
  void aDamagedOneIsIgnored() throws IOException {
    cache().adopt(written("cached classes"));

    Files.writeString(caches().getFirst(), "caxhed classes");

    assertThat(cache().options()).isEmpty();
    assertThat(cache().isMissing()).isTrue();
  }

  @Test
  void thatOfAnotherBuildIsIgnoredAndReplaced() throws IOException {
    cache().adopt(written("cached classes"));
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));

    assertThat(cache().options()).isEmpty();

    cache().adopt(written("other classes"));
    assertThat(caches())
        .singleElement()
        .satisfies(file -> assertThat(file).hasContent("other classes"));
  }

  @Test
  void trainingMakesWhatIsMissingAfterTheServicesHaveWorkedAndCleansUp() {
    List<String> work = new ArrayList<>();

    train(
        (gateway, password, scratch, isOver) -> {
          assertThat(scratch).isEmptyDirectory();
          assertThat(SERVICES).allMatch(this::isMissing);
          assertThat(isOver.getAsBoolean()).isFalse();
          work.add(gateway + " " + password);
        });

    assertThat(work).singleElement().asString().matches("http://127.0.0.1:\\d+ \\S{20,}");
    assertThat(SERVICES).noneMatch(this::isMissing);
    assertThat(AotCache.directoryIn(home).resolve("training")).doesNotExist();
  }

  @Test
  void servicesThatCannotWorkHaveCachesAllTheSame() {
    List<String> reports =
        reports(
            (_, _, _, _) -> {
              throw new IllegalStateException("no answer");
            });

    assertThat(reports).singleElement().asString().contains("could not work", "no answer");
    assertThat(SERVICES).noneMatch(this::isMissing);
  }

  @Test
  void whatAProgramDoesNotComeUpFromIsNotAdopted() throws IOException {
    Files.createFile(jar.resolveSibling(FakeService.NO_START_FROM_CACHE));

    train((_, _, _, _) -> {});

    assertThat(SERVICES).filteredOn(this::isMissing).containsExactly("worker");
  }

  private void train(Rehearsal rehearsal) {
    assertThat(reports(rehearsal)).isEmpty();
  }

  private List<String> reports(Rehearsal rehearsal) {
    List<String> reports = new ArrayList<>();
    try (AotTraining training = new AotTraining(home, rehearsal, reports::add)) {
      training.start();
      training.awaitEnd();
    }
    return reports;
  }

  private boolean isMissing(String service) {
    return AotCache.of(home, home.resolve(service + "/target/" + service + ".jar")).isMissing();
  }

  private AotCache cache() {
    return AotCache.of(home, jar);
  }

  private Path written(String content) throws IOException {
    return Files.writeString(home.resolve("written.aot"), content);
  }

  private List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(AotCache.directoryIn(home))) {
      return files.toList();
    }
  }
}
