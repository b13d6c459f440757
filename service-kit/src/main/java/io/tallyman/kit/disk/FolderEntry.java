package io.tallyman.kit.disk;

import java.time.Instant;

/**
 * A file or folder in a folder.
 *
 * @param name relative to the directory, with slashes; an unfinished file has its final name
 * @param changed when the entry was last written, renamed or linked, by the clock of the disk;
 *     giving a file a second name counts as a change
 */
public record FolderEntry(String name, boolean isFolder, Instant changed) {}
