package io.tallyman.cli.gateway;

import io.tallyman.cli.terminal.Screen;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds when it starts.
 *
 * @param home the root of the repository, for the default data directory
 */
public record Session(Screen screen, Map<String, String> environment, Path home) {}
