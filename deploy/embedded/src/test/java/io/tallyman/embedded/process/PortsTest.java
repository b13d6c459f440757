package io.tallyman.embedded.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void portIsGivenOnce() {
    int port = Ports.free();

    assertThat(Ports.isTaken(port)).isFalse();
    assertThatThrownBy(() -> Ports.free(port, port + 1))
        .isInstanceOf(StartFailure.class)
        .hasMessage("There is no free port between %d and %d.", port, port);
  }

  @Test
  void anotherJvmIsNotGivenThePort() throws IOException, InterruptedException {
    assertThat(answerOfAnotherJvm(Ports.free())).startsWith("There is no free port between ");
  }

  @Test
  void portOfAJvmThatEndedIsGivenAgain() throws IOException, InterruptedException {
    int port = Integer.parseInt(answerOfAnotherJvm(0));

    assertThat(Ports.free(port, port + 1)).isEqualTo(port);
  }

  private static String answerOfAnotherJvm(int port) throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AnotherJvm.class.getName(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .start();
    String answer = new String(jvm.getInputStream().readAllBytes(), UTF_8).strip();
    jvm.waitFor();
    return answer;
  }

  static final class AnotherJvm {
    private AnotherJvm() {}

    /** Asks for one port, or for any if it is 0, and prints what it gets. */
    public static void main(String... args) {
      int port = Integer.parseInt(args[0]);
      try {
        System.out.println(port == 0 ? Ports.free() : Ports.free(port, port + 1));
      } catch (StartFailure e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
