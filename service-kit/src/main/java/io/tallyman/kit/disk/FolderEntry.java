package io.tallyman.kit.disk;

import java.time.Instant;

/**
 * A file or folder in a folder.
 *
 * @param name relative to the directory, with slashes; an unfinished file has its final name
 * @param changed when the entry was written, renamed or linked last, by the clock of the disk; a
 *     file that is given a second name has changed then
 */
public record FolderEntry(String name, boolean isFolder, Instant changed) {}
