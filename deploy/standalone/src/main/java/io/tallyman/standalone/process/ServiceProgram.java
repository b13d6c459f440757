package io.tallyman.standalone.process;

import io.tallyman.embedded.process.StartFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts one service as a child process.
 *
 * @param name the name of the process, such as {@code worker-1}
 * @param jar the jar; its libraries are in {@code lib/} next to it
 * @param port the port on which it listens
 * @param environment its environment variables
 * @param log the file to which its standard output and error are appended
 */
public record ServiceProgram(
    String name, Path jar, int port, Map<String, String> environment, Path log) {
  /**
   * A JVM that writes an AOT cache leaves out the profiles of the methods (JEP 515). With them, the
   * optimising compiler of JDK 25 (C2) never compiles many methods: after minutes of load, the
   * gateway answered 2,500 requests in a second instead of 6,000.
   */
  private static final List<String> WITHOUT_PROFILES =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

  /**
   * @param wrapper a program, with its arguments, that starts the JVM
   * @param options more options for the JVM
   */
  public Process launch(List<String> wrapper, List<String> options) {
    List<String> command = new ArrayList<>();
    // Other users of the machine cannot open the files that a service makes.
    // The terminal sends Ctrl-C and hang-up to the whole process group. The children ignore these
    // signals, because the launcher alone decides in which order they stop.
    command.addAll(List.of("/bin/sh", "-c", "umask 077; trap '' INT HUP; exec \"$@\"", "sh"));
    command.addAll(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx256m",
            "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(WITHOUT_PROFILES);
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // The services read settings from files too; a setting that is decided here is not in a file.
    environment.keySet().forEach(name -> builder.environment().remove(name + "_FILE"));
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.of(
                "MICRONAUT_SERVER_HOST",
                "127.0.0.1",
                "MICRONAUT_SERVER_PORT",
                Integer.toString(port)));
    if (!Files.exists(jar)) {
      throw new StartFailure(name + " cannot start: " + jar + " is missing. Build Tallyman first.");
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new StartFailure(name + " cannot start: " + e.getMessage(), e);
    }
  }
}
