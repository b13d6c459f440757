package io.tallyman.e2e;

import io.tallyman.standalone.sample.SampleWork;
import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.Stack;
import io.tallyman.standalone.stack.StackOptions;
import io.tallyman.testing.Layout;
import io.tallyman.testing.RoleTokens;
import io.tallyman.testing.TallymanStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The stack of {@code ./tallyman up}. Its broker is a part of the launcher and cannot be killed.
 */
public record EmbeddedStack(Stack stack, Layout layout, RoleTokens tokens)
    implements TallymanStack {

  private static boolean trained;

  /** The first stack of a build trains its AOT caches; every later start and restart uses them. */
  public static EmbeddedStack start(Path home, Layout layout, Map<String, String> settings) {
    trainOnce(home);
    try {
      Path target = Path.of("target").toAbsolutePath();
      Files.createDirectories(target);
      Path directory = Files.createTempDirectory(target, "stack-");
      StackOptions options =
          new StackOptions(home, directory, 0, layout.gateways(), layout.workers(), settings);
      Stack stack = Stack.start(options);
      return new EmbeddedStack(
          stack, layout, new RoleTokens(stack::gateway, () -> adminPassword(directory)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String adminPassword(Path directory) {
    return new DataDirectory(directory).adminPassword();
  }

  private static synchronized void trainOnce(Path home) {
    if (!trained) {
      Stack.train(home, new SampleWork());
      trained = true;
    }
  }

  @Override
  public URI gateway() {
    return stack.gateway();
  }

  @Override
  public URI gateway(String part) {
    return stack.address(part);
  }

  @Override
  public String token(String role) {
    return tokens.token(role);
  }

  @Override
  public String adminPassword() {
    return adminPassword(stack.directory());
  }

  @Override
  public List<String> parts() {
    return Stream.of(
            Stream.of("postgres", "user-service", "billing-service", "gateway"),
            IntStream.rangeClosed(2, layout.gateways()).mapToObj(number -> "gateway-" + number),
            IntStream.rangeClosed(1, layout.workers()).mapToObj(number -> "worker-" + number))
        .flatMap(names -> names)
        .toList();
  }

  @Override
  public void kill(String part) {
    stack.killTree(part);
  }

  /** The launcher restarts every part that ends. */
  @Override
  public void stopAndStart(String part) {
    ProcessHandle process = stack.process(part);
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void pause(String part) {
    signal("STOP", part);
  }

  @Override
  public void resume(String part) {
    signal("CONT", part);
  }

  private void signal(String signal, String part) {
    String id = Long.toString(stack.process(part).pid());
    try {
      int exit = new ProcessBuilder("kill", "-" + signal, id).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException(part + " was not sent " + signal + ": " + exit);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }

  @Override
  public String log(String part) {
    return read(stack.directory().resolve("logs/" + part + ".log"));
  }

  /** A file of Linux about the process of a part. */
  String processStatus(String part) {
    return read(Path.of("/proc", Long.toString(stack.process(part).pid()), "status"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String jdbcUrl(String database) {
    return stack.jdbcUrl(database);
  }

  @Override
  public List<String> sheetFiles() {
    return sheets(stack).stream().map(file -> file.getFileName().toString()).toList();
  }

  /** The files of sheets in the store of a stack, finished or not. Files may go meanwhile. */
  static List<Path> sheets(Stack stack) {
    List<Path> sheets = new ArrayList<>();
    try {
      Files.walkFileTree(
          stack.directory().resolve("store/sheets"),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sheets.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return sheets;
  }

  @Override
  public void close() {
    stack.close();
  }
}
